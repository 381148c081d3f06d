"""Words in Latin letters that `bot.text.romaji` must know: loan words, names, English.

Of English only what could also be read as Japanese syllables is listed ('message' as めっさげ);
every other English word is told by its letters.
"""

from __future__ import annotations

from typing import Final

# Several words that are one; blanks and hyphens between their parts do not matter.
PHRASES: Final[dict[str, str]] = {
    "my number card": "マイナンバーカード",
    "my number portal": "マイナポータル",
    "my number hokenshou": "マイナ保険証",
    "my number hokensho": "マイナ保険証",
    "my number": "マイナンバー",
    "myna portal": "マイナポータル",
    "myna card": "マイナカード",
    "myna point": "マイナポイント",
    "myna app": "マイナアプリ",
    "myna hokenshou": "マイナ保険証",
    "myna hokensho": "マイナ保険証",
    "maina portal": "マイナポータル",
    "maina card": "マイナカード",
    "maina hokenshou": "マイナ保険証",
    "nini keizoku": "任意継続",  # nin'i
    "free dial": "フリーダイヤル",
    "free daiyaru": "フリーダイヤル",
    "furii daiyaru": "フリーダイヤル",
    "toll free": "フリーダイヤル",
    "call center": "コールセンター",
    "call centre": "コールセンター",
    "card reader": "カードリーダー",
    "kaado riidaa": "カードリーダー",
    "smart phone": "スマートフォン",
    "pass word": "パスワード",
    "down load": "ダウンロード",
    "log in": "ログイン",
    "home page": "ホームページ",
    "qr code": "QRコード",
    "ka do": "カード",
    "po taru": "ポータル",
}

# One word each: loan words as Japanese speakers write them, and katakana words in romaji, where
# the syllables alone would miss the long vowel.
JAPANESE: Final[dict[str, str]] = {
    "myna": "マイナ",
    "maina": "マイナ",
    "mainanba": "マイナンバー",
    "mainanbaa": "マイナンバー",
    "mainamba": "マイナンバー",
    "mainambaa": "マイナンバー",
    "mainanbakaado": "マイナンバーカード",
    "mainanbaakaado": "マイナンバーカード",
    "mainanbakado": "マイナンバーカード",
    "mainakaado": "マイナカード",
    "mainakado": "マイナカード",
    "mainapotaru": "マイナポータル",
    "mainapootaru": "マイナポータル",
    "mainaportal": "マイナポータル",
    "mainahokenshou": "マイナ保険証",
    "mainahokensho": "マイナ保険証",
    "card": "カード",
    "cards": "カード",
    "kaado": "カード",
    "caado": "カード",
    "portal": "ポータル",
    "pootaru": "ポータル",
    "potaru": "ポータル",
    "furiidaiyaru": "フリーダイヤル",
    "furidaiyaru": "フリーダイヤル",
    "dial": "ダイヤル",
    "login": "ログイン",
    "logout": "ログアウト",
    "roguin": "ログイン",
    "app": "アプリ",
    "apuri": "アプリ",
    "site": "サイト",
    "saito": "サイト",
    "page": "ページ",
    "peeji": "ページ",
    "link": "リンク",
    "download": "ダウンロード",
    "daunroodo": "ダウンロード",
    "password": "パスワード",
    "pasuwaado": "パスワード",
    "lock": "ロック",
    "rokku": "ロック",
    "reader": "リーダー",
    "riidaa": "リーダー",
    "service": "サービス",
    "saabisu": "サービス",
    "point": "ポイント",
    "pointo": "ポイント",
    "merit": "メリット",
    "bonus": "ボーナス",
    "part": "パート",
    "paato": "パート",
    "generic": "ジェネリック",
    "dock": "ドック",
    "smartphone": "スマートフォン",
    "sumaho": "スマホ",
    "mobile": "モバイル",
    "mail": "メール",
    "email": "メール",
    "meeru": "メール",
    "online": "オンライン",
    "error": "エラー",
    "eraa": "エラー",
    "data": "データ",
    "deeta": "データ",
    "server": "サーバー",
    "saabaa": "サーバー",
    "influenza": "インフルエンザ",
    "infuruenza": "インフルエンザ",
    "passport": "パスポート",
    "pasupooto": "パスポート",
    "konbini": "コンビニ",
    "conbini": "コンビニ",
    "pasokon": "パソコン",
    "keitai": "携帯",
    "sentaa": "センター",
    "konnichiwa": "こんにちは",
    "konnitiwa": "こんにちは",
    "konbanwa": "こんばんは",
    "kombanwa": "こんばんは",
    "dewa": "では",
    "niwa": "には",
    "towa": "とは",
}

# Written alone: は, を and へ by sound.
PARTICLES: Final[dict[str, str]] = {
    "wa": "は",
    "ha": "は",
    "o": "を",
    "e": "へ",
    "he": "へ",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Latin letters in Japanese sentences too: neither English nor to be spelled in kana.
LATIN: Final = _words(
    """
    ai amazon android atm chrome covid dv e-tax edge etax faq fax google honda http https ic id
    ikea ios ip ipad iphone j-lis jis jlis line mac netflix nfc ng nintendo ok os paypay pc pdf
    pin qa qr rakuten safari sms sony suica tel tiktok toyota twitter url usb web wi-fi wifi
    windows yahoo youtube
    """
)

# Japanese or English, by the words around it: 'made' is まで, 'no' is の, 'are' is あれ.
EITHER: Final = _words(
    """
    a ai an ani are ate au bake be bin bun dan dare date de den die dive do don e ebi en fun ga
    gene go gun ha han hare he hi hire ho hone hu i ie in io ka kan kane kara kate ken ki kit ko
    ma made mae mama man mane mare me men mi mine mono more mu na nan nana ne nine no node
    non nose nu o on one oni pa pan pi po ran re ri ro ru sake same san sane sara se sea see sen
    she shi sine so son sore su sue sun sure ta take tale tan tane te ten tie to ton too tore
    tsu tune u un uni use wa wan we ya yen yo you za zen zone zoo
    """
)

# English, though the syllables would do.
ENGLISH: Final = _words(
    """
    abandon abe above abuse achieve again age agenda ago animation annotation anyone apache
    appoint area arizona asia asian aside assume assure attention audio auto automation avenue
    average aware awesome baggage banana base bean bee been before begin behave behind bike
    bison bone bonne boo booze bye change chase cheese chime china chinese choose chore chose
    damage dave debate decade decide defense define definite demo demon denote desire device
    dime dine disease divide division dome dominate donate donation done doze dozen dude due
    duke duration duty dye ease edge edition engage engine enjoy ensure entire episode erase
    euro europe european even everyone eye fade fake fame famine fan fare fashion favorite
    favourite feature fee figure fine finite fire five fixture foe foo foundation fuse fusion
    future gain game garage gate gauge gave generate generation give given gone gonna gotta
    gotten guarantee guide happen have haven hawaii here hero hidden hide hike home homepage
    hope hose house huge human hurry idea image imagine immediate immune indian indonesia
    infinite info initiate innovation inside insure intake intention into invite invoke iron
    issue january japan japanese java join joke joy june juno keep korea korean machine madam
    maiden main maintain make manage mandarin manipulate marine maybe mean measure media median
    meditation meme memo mention menu message meta mime minute mission mode modify moon motion
    mountain mouse move movie mute name nation native nature negate negative negotiate
    negotiation nice nineteen noise nominee none noon nope note notion noun occasion omission
    onion onto open operate operation opinion opposite orange orientation origin originate
    outage outside oven owe pane pause pee pen penguin people person phase phone phoney piano
    pie pipe pizza poke pope pose position positive possession potato pure purse python radio
    rain raise range rate ratio reason redo refuse regenerate region remain remote remove rename
    reopen repetition reputation reside resize resume retain reuse revise revision ride rise
    robin rode role rome rope rose rotate rotten route ruin run russia russian safe sage sale
    save season sedan seen sense sensitive separate sesame session seven seventeen shade shake
    shape share shine shoe shore shut sick side since situation size soda some someone soon
    stone suite summarize summon sunshine suppose susan taiwan taken tape tax taxi tea tee teen
    tenure time timezone tire tissue today token tomato tone tonne tube tuition tuna type
    unaware undo unicode uniform union unit unite unsafe unsure upon usa usage vaccine value van
    variation vegan venue via video visa vote wage wake wanna warehouse wave were wide wife wine
    wipe wire wise woman women won wooden wore write yeah year yes zero zinc zoom
    """
)
