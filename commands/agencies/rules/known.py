"""Organisations whose acronym is no secret, with the names they are known by in English, French and Spanish."""

from __future__ import annotations

from functools import cache

from storage.letters import folded

_KNOWN = {
    "ACF": "Action Against Hunger;Action contre la faim;Acción contra el Hambre",
    "ACTED": "Agency for Technical Cooperation and Development;Agence d'aide à la coopération technique et au "
    "développement",
    "CERF": "Central Emergency Response Fund;Fonds central pour les interventions d'urgence",
    "DPKO": "Department of Peacekeeping Operations",
    "DPO": "Department of Peace Operations;Département des opérations de paix",
    "DPPA": "Department of Political and Peacebuilding Affairs",
    "ECHO": "European Commission's Humanitarian Aid and Civil Protection Department;"
    "European Civil Protection and Humanitarian Aid Operations;DG ECHO",
    "FAO": "Food and Agriculture Organization of the United Nations;Food and Agriculture Organization;"
    "Organisation des Nations Unies pour l'alimentation et l'agriculture;"
    "Organización de las Naciones Unidas para la Alimentación y la Agricultura",
    "ICRC": "International Committee of the Red Cross;Comité international de la Croix-Rouge;CICR;"
    "Comité Internacional de la Cruz Roja",
    "IFRC": "International Federation of Red Cross and Red Crescent Societies;FICR;"
    "Fédération internationale des sociétés de la Croix-Rouge et du Croissant-Rouge",
    "ILO": "International Labour Organization;International Labour Organisation;Organisation internationale du "
    "travail;OIT",
    "IOM": "International Organization for Migration;International Organisation for Migration;OIM;UN Migration;"
    "Organisation internationale pour les migrations;Organización Internacional para las Migraciones",
    "IRC": "International Rescue Committee",
    "MDM": "Médecins du Monde;Doctors of the World",
    "MSF": "Médecins sans Frontières;Doctors Without Borders;Médicos Sin Fronteras",
    "NRC": "Norwegian Refugee Council;Conseil norvégien pour les réfugiés;Consejo Noruego para Refugiados",
    "OCHA": "Office for the Coordination of Humanitarian Affairs;UNOCHA;UN OCHA;"
    "United Nations Office for the Coordination of Humanitarian Affairs;"
    "Bureau de la coordination des affaires humanitaires;Oficina de Coordinación de Asuntos Humanitarios",
    "OHCHR": "Office of the United Nations High Commissioner for Human Rights;"
    "Office of the High Commissioner for Human Rights;HCDH;UN Human Rights;"
    "Haut-Commissariat des Nations Unies aux droits de l'homme",
    "UN-HABITAT": "United Nations Human Settlements Programme;United Nations Human Settlements Programme (UN-HABITAT);"
    "UN Habitat;ONU-Habitat",
    "UN-WOMEN": "UN Women;ONU Femmes;ONU Mujeres;"
    "United Nations Entity for Gender Equality and the Empowerment of Women",
    "UNAIDS": "Joint United Nations Programme on HIV/AIDS;ONUSIDA",
    "UNCDF": "United Nations Capital Development Fund;FENU",
    "UNDP": "United Nations Development Programme;UN Development Programme;PNUD;"
    "Programme des Nations Unies pour le développement;Programa de las Naciones Unidas para el Desarrollo",
    "UNDSS": "United Nations Department of Safety and Security;UN Department of Safety and Security",
    "UNEP": "United Nations Environment Programme;PNUE;Programme des Nations Unies pour l'environnement;PNUMA",
    "UNESCO": "United Nations Educational, Scientific and Cultural Organization;"
    "Organisation des Nations Unies pour l'éducation, la science et la culture",
    "UNFPA": "United Nations Population Fund;FNUAP;Fonds des Nations Unies pour la population;"
    "Fondo de Población de las Naciones Unidas",
    "UNHAS": "United Nations Humanitarian Air Service;UN Humanitarian Air Service",
    "UNHCR": "United Nations High Commissioner for Refugees;UN High Commissioner for Refugees;UN Refugee Agency;"
    "Office of the United Nations High Commissioner for Refugees;HCR;ACNUR;"
    "Haut-Commissariat des Nations Unies pour les réfugiés;Haut Commissariat aux Réfugiés;"
    "Alto Comisionado de las Naciones Unidas para los Refugiados",
    "UNHRD": "United Nations Humanitarian Response Depot",
    "UNICEF": "United Nations Children's Fund;UN Children's Fund;Fonds des Nations Unies pour l'enfance;"
    "United Nations International Children's Emergency Fund;Fondo de las Naciones Unidas para la Infancia",
    "UNIDO": "United Nations Industrial Development Organization;ONUDI",
    "UNMAS": "United Nations Mine Action Service;UN Mine Action Service;Service de la lutte antimines",
    "UNODC": "United Nations Office on Drugs and Crime;ONUDC",
    "UNOPS": "United Nations Office for Project Services;"
    "Bureau des Nations Unies pour les services d'appui aux projets",
    "UNPOL": "United Nations Police;UN Police",
    "UNRWA": "United Nations Relief and Works Agency for Palestine Refugees in the Near East;"
    "United Nations Relief and Works Agency",
    "UNV": "United Nations Volunteers;UN Volunteers;Volontaires des Nations Unies",
    "WFP": "World Food Programme;World Food Program;PAM;Programme alimentaire mondial;PMA;"
    "Programa Mundial de Alimentos;UN World Food Programme;United Nations World Food Programme",
    "WHO": "World Health Organization;World Health Organisation;OMS;Organisation mondiale de la santé;"
    "Organización Mundial de la Salud",
}


@cache
def _acronyms() -> dict[str, str]:
    found = {folded(acronym): acronym for acronym in _KNOWN}
    for acronym, names in _KNOWN.items():
        found.update({folded(name): acronym for name in names.split(";")})
    return found


def known_acronym(text: str) -> str:
    """The acronym of a well-known organisation, given any of its names or acronyms; empty for all others."""
    return _acronyms().get(folded(text), "")
