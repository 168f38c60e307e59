// Names and characters of the emoji people use most, as Slack names them. Pairs in one text per group
// keep the table readable; several names of one character are joined by a bar.

export const GROUPS = {
  Smileys: `grinning 😀 smiley 😃 smile 😄 grin 😁 laughing|satisfied 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣
    blush 😊 innocent 😇 slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 relieved 😌 heart_eyes 😍 kissing_heart 😘 yum 😋
    stuck_out_tongue 😛 sunglasses 😎 nerd_face 🤓 face_with_monocle 🧐 smirk 😏 unamused 😒 disappointed 😞 pensive 😔 worried 😟
    confused 😕 slightly_frowning_face 🙁 persevere 😣 confounded 😖 tired_face 😫 weary 😩 cry 😢 sob 😭 triumph 😤 angry 😠
    rage 😡 flushed 😳 scream 😱 fearful 😨 cold_sweat 😰 sweat 😓 hugging_face 🤗 thinking_face 🤔 shushing_face 🤫 no_mouth 😶
    neutral_face 😐 expressionless 😑 grimacing 😬 rolling_eyes|face_with_rolling_eyes 🙄 hushed 😯 astonished 😲 open_mouth 😮
    sleeping 😴 mask 😷 face_with_thermometer 🤒 partying_face 🥳 saluting_face 🫡 robot_face 🤖 ghost 👻 skull 💀`,
  People: `+1|thumbsup 👍 -1|thumbsdown 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 handshake 🤝 wave 👋 raised_hand|hand ✋
    point_up ☝️ point_down 👇 point_left 👈 point_right 👉 muscle 💪 writing_hand ✍️ crossed_fingers 🤞 v ✌️ fist ✊ facepunch|punch 👊
    eyes 👀 brain 🧠 ear 👂 speaking_head_in_silhouette 🗣️ bust_in_silhouette 👤 busts_in_silhouette 👥 family 👪 baby 👶
    woman 👩 man 👨 office_worker 🧑‍💼 health_worker 🧑‍⚕️ farmer 🧑‍🌾 teacher 🧑‍🏫 judge 🧑‍⚖️ police_officer|cop 👮 construction_worker 👷
    firefighter 🧑‍🚒 runner|running 🏃 walking 🚶 shrug 🤷 face_palm 🤦`,
  Work: `white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_plus_sign ➕
    heavy_minus_sign ➖ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 rotating_light 🚨 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 question ❓
    grey_question ❔ exclamation|heavy_exclamation_mark ❗ grey_exclamation ❕ bangbang ‼️ information_source ℹ️ bulb 💡 memo|pencil 📝
    pencil2 ✏️ clipboard 📋 calendar 📆 date 📅 spiral_calendar_pad 🗓️ pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 scissors ✂️
    file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ page_facing_up 📄 page_with_curl 📃 bookmark_tabs 📑 bar_chart 📊
    chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 newspaper 📰 books 📚 book 📖 ledger 📒 notebook 📓 bookmark 🔖 label 🏷️
    email|envelope ✉️ e-mail 📧 incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫 telephone_receiver 📞 phone ☎️
    iphone 📱 computer 💻 desktop_computer 🖥️ printer 🖨️ floppy_disk 💾 satellite_antenna 📡 battery 🔋 electric_plug 🔌 mag 🔍 mag_right 🔎
    lock 🔒 unlock 🔓 key 🔑 closed_lock_with_key 🔐 shield 🛡️ scales|balance_scale ⚖️ hammer 🔨 wrench 🔧 gear ⚙️ hammer_and_wrench 🛠️
    hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ mantelpiece_clock 🕰️ moneybag 💰
    dollar 💵 euro 💶 credit_card 💳 money_with_wings 💸 receipt 🧾 briefcase 💼 busstop 🚏 door 🚪 ballot_box_with_ballot 🗳️
    speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 zzz 💤 card_index 📇 classical_building 🏛️ office 🏢 hospital 🏥 school 🏫
    house 🏠 tent ⛺ factory 🏭`,
  Places: `earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 globe_with_meridians 🌐 world_map 🗺️ compass 🧭 airplane ✈️
    helicopter 🚁 ship 🚢 truck 🚚 articulated_lorry 🚛 ambulance 🚑 fire_engine 🚒 bus 🚌 car|red_car 🚗 bike 🚲 rocket 🚀 fuelpump ⛽
    construction 🚧 vertical_traffic_light 🚦 anchor ⚓ sunny ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ zap ⚡ snowflake ❄️ umbrella ☔ ocean 🌊
    fire 🔥 droplet 💧 potable_water 🚰 seedling 🌱 deciduous_tree 🌳 herb 🌿 ear_of_rice 🌾 volcano 🌋 desert 🏜️ mountain ⛰️ cyclone 🌀
    flag-un|united_nations 🇺🇳 crossed_flags 🎌 checkered_flag 🏁 triangular_flag_on_post 🚩 waving_white_flag 🏳️ dove_of_peace|dove 🕊️`,
  Life: `coffee ☕ tea 🍵 bread 🍞 rice 🍚 apple 🍎 pizza 🍕 cake 🍰 birthday 🎂 fork_and_knife 🍴 pill 💊 syringe 💉 stethoscope 🩺
    thermometer 🌡️ soap 🧼 adhesive_bandage 🩹 tada 🎉 confetti_ball 🎊 gift 🎁 trophy 🏆 medal|sports_medal 🏅 dart 🎯 star ⭐ star2 🌟
    sparkles ✨ dizzy 💫 boom|collision 💥 musical_note 🎵 art 🎨 camera 📷 movie_camera 🎥 microphone 🎤 headphones 🎧 soccer ⚽ jigsaw 🧩
    dog 🐶 cat 🐱 bee 🐝 turtle 🐢 bird 🐦 elephant 🐘 unicorn_face 🦄`,
  Signs: `heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 100 💯
    red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣
    black_circle ⚫ white_circle ⚪ red_square|large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩
    large_blue_square 🟦 black_large_square ⬛ white_large_square ⬜ small_red_triangle 🔺 small_red_triangle_down 🔻
    arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrows_counterclockwise 🔄 repeat 🔁
    leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ fast_forward ⏩ rewind ⏪ arrow_forward ▶️ double_vertical_bar|pause_button ⏸️
    black_square_for_stop ⏹️ new 🆕 ok 🆗 sos 🆘 free 🆓 up 🆙 information_desk_person 💁 recycle ♻️ infinity ♾️ radioactive_sign ☢️
    biohazard_sign ☣️ white_flower 💮 trident 🔱 heavy_dollar_sign 💲 zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣
    eight 8️⃣ nine 9️⃣ keycap_ten 🔟 hash #️⃣ small_blue_diamond 🔹 small_orange_diamond 🔸 large_blue_diamond 🔷 large_orange_diamond 🔶`,
};
