"""What of Slack the sandbox models, for the tables in its README; tests hold both to the code.

Run ``python -m bot.sandbox.coverage`` to write the tables anew.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.api import families  # noqa: F401 - registers the methods
from bot.sandbox.api.call import METHODS
from bot.sandbox.api.facts import all_facts
from bot.sandbox.blockkit import describe_rules

README = Path(__file__).with_name("README.md")
_BEGIN, _END = "<!-- tables: begin -->", "<!-- tables: end -->"


@dataclass(frozen=True)
class Rule:
    """One rule of Slack. ``tests`` names the test functions that prove it; none: not modelled, and ``note`` says so."""

    group: str
    rule: str
    tests: tuple[str, ...] = ()
    note: str = ""


def _modelled(group: str, *rules: tuple[str, str]) -> list[Rule]:
    return [Rule(group, rule, tuple(tests.split())) for rule, tests in rules]


def _absent(group: str, *rules: tuple[str, str]) -> list[Rule]:
    return [Rule(group, rule, note=note) for rule, note in rules]


RULES: list[Rule] = [
    *_modelled(
        "Transport",
        ("Form, multipart and JSON bodies, GET", "test_form_multipart_and_json_are_read test_get_is_read_too"),
        ("JSON is not read where Slack reads none", "test_json_is_not_read_where_slack_reads_none"),
        ("invalid_json, json_not_object, invalid_post_type", "test_unreadable_bodies_are_refused"),
        ("Warning missing_charset", "test_json_without_a_charset_is_warned_of"),
        ("unknown_method, method_deprecated, invalid_arguments with the missing field",
         ("test_closed_methods_are_deprecated test_unknown_methods_are_refused "
         "test_missing_arguments_are_named")),
        ("not_authed, invalid_auth, not_allowed_token_type", ("test_tokens_are_checked "
         "test_an_app_token_opens_sockets_and_a_bot_token_does_not test_user_only_methods_refuse_bots")),
        ("token_revoked, token_expired, account_inactive", ("test_dead_tokens_say_why "
         "test_an_uninstalled_app_is_inactive")),
        ("missing_scope with needed and provided; x-oauth-scopes", ("test_a_missing_scope_is_named "
         "test_scopes_come_with_the_answer")),
        ("invalid_charset, invalid_form_data, missing_post_type; warning superfluous_charset",
         ("test_charsets_and_forms_are_checked test_a_body_without_a_type_is_refused "
          "test_a_deep_body_is_no_json_one_can_read")),
        ("invalid_arg_name, invalid_array_arg", "test_names_of_arguments_are_checked"),
        ("Tokens in the header or in a form, not in the address", "test_a_token_comes_in_the_header_or_in_a_form"),
        ("Unknown arguments: a slip; refused when strict", "test_unknown_arguments_are_noted_and_refused_when_strict"),
        ("Every method answers whatever comes with a code of its table",
         "test_no_argument_breaks_a_method_and_every_refusal_is_slacks"),
        ("team_id is accepted by every method", "test_a_team_id_is_accepted_everywhere"),
        ("blocks.validate without a token, with pointers", "test_blocks_validate_needs_no_token_and_points"),
    ),
    *_modelled(
        "Limits (strict)",
        ("One message a second per channel, Retry-After", "test_one_message_a_second_per_channel_when_strict"),
        ("Tiers 1 to 4 per method and app", "test_tiers_when_strict test_no_limits_unless_strict"),
        ("Apps sold outside the Marketplace: history by 15, once a minute",
         "test_a_distributed_app_reads_history_slowly"),
    ),
    *_modelled(
        "Channels",
        ("Rules of names", "test_impossible_names_are_refused test_possible_names_are_taken"),
        ("name_taken by archived channels too", "test_an_archived_channel_keeps_its_name"),
        ("Scopes per kind of channel", "test_creating_needs_the_scope_of_the_kind"),
        ("Private channels are invisible to who is not in", "test_private_channels_are_invisible_to_who_is_not_in"),
        ("Invitations: 100 a call, self, unknown, stranger, single-channel guest, member",
         "test_invitations_say_who_cannot_come"),
        ("Invitations: errors[] and force", "test_one_bad_guest_stops_all_unless_forced"),
        ("not_in_channel for who is outside", "test_who_is_outside_cannot_invite_or_describe"),
        ("Archiving ejects the bot, which cannot unarchive", "test_archiving_ejects_the_bot_which_cannot_come_back"),
        ("The general channel cannot be archived or left, nobody kicked", "test_the_general_channel_stays"),
        ("Kicking", "test_kicking"),
        ("Topic and purpose of 250 characters", "test_topic_and_purpose_have_250_characters"),
        ("Direct messages: up to eight, already_open", "test_opening_direct_messages"),
        ("Renaming, not_authorized", "test_renaming_is_for_the_creator"),
        ("Joining public channels only", "test_joining_public_channels_only"),
        ("Cursors, limits, short pages", "test_pages_follow_cursors_and_may_be_short test_members_come_by_page"),
    ),
    *_modelled(
        "Messages",
        ("Membership or chat:write.public", "test_posting_needs_membership_or_the_public_scope"),
        ("no_text", "test_an_empty_message_is_refused"),
        ("Every Block Kit limit, with pointers (tests/sandbox/blockkit)", ("test_block_kit_is_checked_with_pointers "
         "test_more_than_fifty_blocks_are_refused")),
        ("invalid_blocks_format", "test_blocks_that_are_no_list_are_refused"),
        ("too_many_attachments", "test_a_hundred_attachments_and_no_more"),
        ("markdown_text_conflict and 12,000 characters", "test_markdown_stands_alone"),
        ("Truncation at 40,000 with a warning; msg_too_long on update", "test_long_text_is_cut_with_a_warning"),
        ("Metadata, include_all_metadata", "test_metadata_is_checked_and_comes_back_when_asked"),
        ("Escaping and wrapped links", "test_text_is_escaped_and_links_are_wrapped"),
        ("Generated block_id and action_id", "test_blocks_get_ids"),
        ("Times rise and are unique", "test_times_rise_and_are_unique"),
        ("Threads, broadcast, cannot_reply_to_message", "test_threads"),
        ("Replies outlive their parent", "test_replies_outlive_their_parent"),
        ("Update without blocks drops blocks", "test_updating_without_blocks_drops_them"),
        ("Only own messages are changed or deleted", "test_only_own_messages_can_be_changed"),
        ("Ephemerals in no history, no update", "test_ephemerals_reach_one_person_and_no_history"),
        ("History: bounds, inclusive, cursors, membership", ("test_history_has_bounds_and_cursors "
         "test_history_is_for_members")),
        ("Permalinks", "test_permalinks"),
        ("Direct message by user id; messages_tab_disabled", ("test_direct_messages_by_user_id "
         "test_a_closed_messages_tab_takes_no_direct_messages")),
        ("Scheduling: past, 120 days, 30 in five minutes", ("test_scheduling "
         "test_thirty_scheduled_messages_in_five_minutes")),
        ("A scheduled message stays in its last minute; with metadata it is never posted",
         "test_a_scheduled_message_is_fixed_in_its_last_minute test_a_scheduled_message_with_metadata_is_never_posted"),
        ("msg_too_long for ephemeral and scheduled messages", "test_long_texts_are_cut_only_in_channel"),
        ("Replies of ephemerals and files need a thread", "test_replies_need_a_thread_wherever_they_go"),
        ("is_inactive in archived channels", "test_an_archived_channel_keeps_its_messages_as_they_are"),
        ("as_user_not_supported", "test_bots_do_not_post_as_users"),
        ("Warning missing_text_in_message", "test_a_message_without_text_is_warned_of"),
        ("chat:write.customize", "test_a_custom_name_needs_its_scope"),
    ),
    *_modelled(
        "Triggers and views",
        ("A trigger lives three seconds and works once", ("test_a_trigger_works_once "
         "test_a_trigger_expires_after_three_seconds")),
        ("A refused view leaves the trigger good", "test_a_refused_view_does_not_use_the_trigger_up"),
        ("view_too_large", "test_a_view_over_250_kilobytes_is_too_large"),
        ("Stack of three", "test_the_stack_holds_three"),
        ("hash_conflict; typed text survives an update", "test_updates_know_the_hash_and_keep_what_was_typed"),
        ("external_id", "test_external_ids_are_unique_and_find_the_view"),
        ("state.values complete with nulls", "test_state_has_every_input_with_nulls_and_initial_values"),
        ("Required and wrong inputs stop at the client", "test_the_client_refuses_wrong_input_before_the_app_is_asked"),
        ("response_action errors, push, update, clear", ("test_answers_to_a_submission "
         "test_unusable_answers_are_said_and_logged")),
        ("view_closed only when asked, with empty state", "test_closing_is_told_only_when_asked_and_without_state"),
        ("dispatch_action and its config", "test_typing_speaks_to_the_app_only_where_it_was_asked_to"),
        ("Home: publish, hash, app_home_opened, not_enabled", ("test_home_is_published_hashed_and_told "
         "test_a_home_that_is_off_refuses")),
    ),
    *_modelled(
        "Interactions",
        ("Fields of a slash command", "test_a_command_has_all_its_fields"),
        ("Answers in the acknowledgement", ("test_commands_answer_to_one_or_to_all "
         "test_an_answer_slack_cannot_show_is_said_and_logged")),
        ("No commands in threads", "test_unknown_commands_and_threads_are_refused"),
        ("block_actions from messages, with state", ("test_a_button_says_where_and_what "
         "test_an_overflow_menu_gives_its_option test_choices_that_are_not_offered_are_refused")),
        ("block_suggestion, at most 100 options", "test_an_external_select_asks_and_shows_at_most_a_hundred"),
        ("response_url: five uses, thirty minutes", "test_a_response_url_works_five_times_in_thirty_minutes"),
        ("response_url replaces, deletes, checks", ("test_a_response_url_replaces_and_deletes_ephemerals "
         "test_a_response_url_checks_the_message")),
        ("Acknowledgements of buttons, shortcuts and closed forms are empty",
         "test_acknowledgements_of_buttons_are_empty"),
        ("Acknowledgements of forms hold a usable response_action or nothing", "test_acknowledgements_of_forms"),
        ("JSON counts where the content type says so", ("test_json_that_is_not_called_json_is_text "
         "test_a_response_url_takes_json_that_is_called_json")),
        ("response_type is ephemeral or in_channel", "test_a_response_type_is_one_of_two"),
        ("Offered options have the shape and limits of a menu's", "test_offered_options_are_checked"),
        ("Interactivity off: nothing reaches the app, and the person is told",
         "test_an_app_without_interactivity_hears_no_button"),
        ("A read-only app takes no messages", "test_a_read_only_app_takes_no_messages"),
        ("Global and message shortcuts", "test_shortcuts_of_both_kinds"),
    ),
    *_modelled(
        "Delivery",
        ("Signature v0 with real time", "test_requests_are_signed_with_the_real_time"),
        ("Three seconds, and what the person sees", ("test_a_late_answer_is_told_to_the_person "
         "test_an_error_and_an_absent_app_are_told test_without_a_socket_the_person_is_told")),
        ("Retries at once, +1 and +5 minutes, headers",
         "test_events_are_retried_at_once_after_one_and_after_five_minutes test_a_success_is_not_repeated"),
        ("X-Slack-No-Retry", "test_an_app_may_ask_for_no_retry"),
        ("Subscriptions end above 95% failures", "test_an_app_that_fails_nearly_always_loses_its_subscriptions"),
        ("Scope, subscription and membership", "test_subscription_scope_and_membership_decide"),
        ("Envelope of an event, authorizations", ("test_an_event_says_for_whom_it_is "
         "test_own_messages_come_back_marked")),
        ("app_mention as a second event", "test_a_mention_comes_as_a_second_event"),
        ("message_changed and message_deleted", "test_edits_and_deletions_are_told"),
        ("Events of channels, people, reactions, pins, files", ("test_the_life_of_channels_and_people_is_told "
         "test_private_channels_have_events_of_their_own test_a_persons_file_is_told_and_private_ones_are_not_seen")),
        ("tokens_revoked, app_uninstalled", "test_an_uninstalled_app_hears_its_end"),
        ("url_verification", "test_an_url_proves_itself"),
        ("Duplicate, delayed, dropped, reordered on request", ("test_deliveries_can_be_disturbed "
         "test_events_can_be_reordered")),
    ),
    *_modelled(
        "Socket Mode",
        ("Ticket, hello", "test_sockets_need_socket_mode_and_a_ticket"),
        ("One socket per envelope", "test_each_envelope_goes_to_one_socket"),
        ("retry_attempt and retry_reason", ("test_an_unacknowledged_envelope_is_sent_again_with_its_attempt "
         "test_a_closed_socket_gives_its_envelope_to_another")),
        ("Ten connections, too_many_websockets", "test_the_eleventh_socket_is_sent_away"),
        ("disconnect: warning, refresh_requested, link_disabled", "test_disconnects"),
    ),
    *_modelled(
        "Files and others",
        ("Upload in three steps, size mismatch, alt text", ("test_uploading_and_reading_back "
         "test_an_upload_of_the_wrong_size_is_no_file")),
        ("Files go where the app is, and are read by who may", ("test_files_go_where_the_app_is "
         "test_a_persons_file_is_told_and_private_ones_are_not_seen test_deleting_a_file_leaves_a_tombstone")),
        ("Reactions", "test_reactions"),
        ("Pins", "test_pins"),
        ("Bookmarks", "test_bookmarks"),
        ("Canvases", "test_canvases"),
        ("User groups", "test_user_groups"),
        ("People: locale, zone, e-mail scope, guests, strangers", "test_people test_strangers_and_pages_of_people"),
        ("Strangers are visible where a channel is shared", "test_strangers_are_seen_only_where_a_channel_is_shared"),
        ("not_enough_users, invalid_timestamp, invalid_emoji", ("test_direct_messages_are_with_people "
         "test_marks_and_emoji_have_their_shapes")),
        ("Team and bot", "test_team_and_bot"),
    ),
    *_modelled(
        "Several workspaces",
        ("Shared and pending channels, by flags and by lists", ("test_a_shared_channel_says_so_by_flags_and_by_lists "
         "test_a_channel_of_several_workspaces_of_one_organisation")),
        ("channel_shared, channel_unshared", ("test_apps_hear_that_a_channel_is_shared_and_no_longer_shared "
         "test_a_private_channel_that_is_shared_is_told_to_its_own_apps_only")),
        ("The other workspace's people leave with it", "test_people_of_the_other_workspace_leave_with_it"),
        ("A converted channel is told by a message alone", "test_a_converted_channel_is_told_by_a_message_alone"),
        ("channel_id_changed", "test_a_channel_may_get_another_id_and_keeps_its_messages"),
        ("is_ext_shared_channel", "test_an_event_says_whether_its_channel_is_shared_with_others"),
        ("People of several workspaces: team_id, teams, enterprise_user",
         ("test_people_of_several_workspaces_say_where_they_belong "
          "test_who_is_in_this_workspace_too_is_no_stranger_and_is_seen_everywhere")),
        ("An installation of the whole organisation",
         "test_an_installation_of_the_whole_organisation_names_no_workspace"),
        ("Deliveries of the same app in another workspace",
         "test_the_same_app_hears_of_another_workspace_at_the_same_address"),
    ),
    *_modelled(
        "Slips",
        ("Mentions, channels, groups and date tokens that lead nowhere", ("test_texts_that_reach_the_reader_whole "
         "test_texts_that_reach_the_reader_broken")),
        ("Control sequences in plain text", "test_plain_text_shows_control_sequences_as_written"),
        ("Pictures Slack cannot fetch", "test_pictures_on_this_machine_cannot_be_fetched"),
        ("Messages without text", "test_a_message_without_text_is_warned_of"),
    ),
    *_modelled(
        "Faults on request",
        ("Error code, count, skip", "test_an_error_code_as_often_as_asked"),
        ("500, 503, 429", "test_http_errors"),
        ("Connection cut before and after the work", ("test_a_connection_cut_before_or_after_the_work "
         "test_the_default_client_doubles_a_message_that_was_cut_after")),
        ("Slow answers", "test_a_slow_answer"),
    ),
    *_absent(
        "Not modelled",
        ("OAuth and token rotation", "tokens come from the seed; oauth.v2.access answers unknown_method"),
        ("Invitations of Slack Connect", "conversations.inviteShared and its kin answer unknown_method"),
        ("Two simultaneous creates of one name", "the second is refused with name_taken; Slack may let both through"),
        ("Workspace settings", ("restricted_action, edit_window_closed and storage limits never happen by themselves; "
         "ask for them as faults")),
        ("Plans", "every feature of a paid plan is there; plan_upgrade_required and paid_teams_only only as faults"),
        ("block_mismatch on update", "a message may change between rich text and other blocks"),
        ("Workspace-wide cap on posting; app_rate_limited", "the channel's second and the method's tier are counted"),
        ("Special tiers other than posting", "not limited"),
        ("Pictures", "image_url is not fetched, slack_file not looked up; an address of this machine is a slip"),
        ("parse and link_names", "taken and ignored; names are linked only as <@id>"),
        ("Unfurling of links", "chat.unfurl attaches; link_shared is never sent"),
        ("Streaming, assistants, work objects, workflows, reminders, remote files, lists", "answer unknown_method"),
        ("Do not disturb", "dnd.info and dnd.teamInfo answer that nobody minds"),
        ("A command's own line in the channel for in_channel answers", "only the answer is posted"),
    ),
]  # fmt: skip


def tables() -> str:
    """The three tables as Markdown."""
    rules = ["| | rule | state |", "|---|---|---|"]
    for rule in RULES:
        state = "modelled" if rule.tests else f"not modelled: {rule.note}"
        rules.append(f"| {rule.group} | {rule.rule} | {state} |")
    methods = ["| method | state |", "|---|---|"]
    for name, facts in sorted(all_facts().items()):
        modelled = f"modelled, tier {facts.tier}"
        refused = "refused for bots: not_allowed_token_type" if facts.scopes is None else "not modelled: unknown_method"
        methods.append(f"| `{name}` | {modelled if name in METHODS else refused} |")
    blocks = ["| rule of Block Kit | limit | source |", "|---|---|---|"]
    blocks += [f"| {one.name} | {one.limit.removesuffix('condition')} | {one.source} |" for one in describe_rules()]
    return "\n".join(["### Rules", "", *rules, "", "### Methods", "", *methods, "", "### Block Kit", "", *blocks])


def with_tables(readme: str) -> str:
    """The README with its tables as the code has them now."""
    before, _, rest = readme.partition(_BEGIN)
    after = rest.partition(_END)[2]
    return f"{before}{_BEGIN}\n\n{tables()}\n\n{_END}{after}"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
