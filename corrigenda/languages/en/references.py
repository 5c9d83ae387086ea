"""English pronouns of people, and the words that say whether a woman or a man is meant."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.expressions import lazy
from corrigenda.languages.base import References

_PRONOUNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("he", "him", "his", "himself"), "m"),
        **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    }
)
_OTHER: Mapping[str, str] = MappingProxyType(
    {"he": "she", "him": "her", "himself": "herself", "she": "he", "hers": "his", "herself": "himself"}
)
_WOMEN = (
    "woman girl mother mum mom mummy wife ex-wife daughter sister aunt grandmother grandma granny granddaughter "
    "niece widow bride fiancée girlfriend actress waitress hostess businesswoman policewoman spokeswoman chairwoman "
    "congresswoman councilwoman saleswoman sportswoman heiress lady queen princess empress duchess countess baroness "
    "goddess nun midwife ballerina schoolgirl stepmother stepdaughter mother-in-law daughter-in-law sister-in-law "
    "godmother housewife landlady matriarch diva mistress female pregnant maid nurse"
)
_MEN = (
    "man boy father dad daddy husband ex-husband son brother uncle grandfather grandpa grandson nephew widower "
    "bridegroom groom fiancé boyfriend businessman policeman spokesman chairman congressman councilman salesman "
    "sportsman gentleman king prince emperor tsar duke count baron monk priest bishop pope schoolboy stepfather "
    "stepson father-in-law son-in-law brother-in-law godfather landlord patriarch fireman fisherman workman foreman "
    "lad guy bloke male cardinal imam rabbi god jesus lord sir"
)
_ANYONE = (
    "accountant accused adult agent aide ally ambassador analyst animal anybody anyone applicant architect artist "
    "assistant athlete author baby bear boss candidate captain cat ceo chair chairperson champion character chef "
    "chief child citizen client coach colleague colonel consultant cook cop cousin critic customer deceased "
    "defendant deputy dog enemy envoy everybody everyone expatriate expert fan figure friend general governor "
    "graduate guard guest head hero horse host human immigrant individual infant inhabitant journalist judge kid "
    "leader lieutenant major mayor member merchant migrant minister mp native neighbor neighbour nobody official one "
    "opponent orphan parent participant partner patient pedestrian pensioner person pet pilot poet president private "
    "pupil puppy refugee relative representative resident rival secretary self sergeant servant sibling somebody "
    "someone someone's soul source spokesperson spouse star student suspect teen teenager tenant thief toddler "
    "tsarina twin veteran victim who whoever whom whose witness youth"
)
_ENDINGS = r"\w{3,}(?:[eo]r|ist|ian|eer|ee|yst|ess|man|woman)"
"""Endings that nouns of people have; what else has them and is not listed below keeps a place silent."""
_NO_PEOPLE = (
    "access adapter address after agree alter altogether amber anger another answer asian assess assist australian "
    "austrian autumn awareness barrier behavior belarusian better bigger bitter bolster bomber border brazilian "
    "broader buffer bulgarian busier business butter canadian cancer career carrier center centimeter chamber "
    "chapter character charger charter cheaper cheer cleaner clearer clever closer cluster coffee color committee "
    "computer congress consider consist container cooker cooler copper corner correctness corridor counter countless "
    "cover cruiser cyber cylinder danger darker darkness december deeper degree deliver deter differ dinner disagree "
    "disaster discover disorder dossier dress eager earlier easier effectiveness egyptian either ember encounter "
    "endless enter error estonian ever every excess exist express exterior factor fairness faster favor fee fever "
    "fewer filibuster filter finger fitness floor flower folder footer forever foster free freezer freighter "
    "fundraiser further gather gender ginger greater guarantee guess hammer happier happiness harder header "
    "healthier heavier helicopter higher homelessness honor horror hover however humor hungarian identifier illness "
    "improper indian indonesian indoor inner insist integer interior iranian italian kilometer knee labor ladder "
    "larger laser later latter latvian layer less lesser letter lighter liner list lithuanian longer lower lumber "
    "major manner matter median mess meter metre minor mirror mist monitor motor never newsletter newspaper "
    "nonetheless norwegian november number october offer older order other outdoor over oversee palestinian paper "
    "parameter pepper persist plaster poorer possess poster power prayer press printer prior process progress proper "
    "quarter rather reactor readiness reckless recover refer regardless register relentless remember reminder resist "
    "richer river romanian router rover rubber russian sadness safer scanner sector see september server shelter "
    "shorter shoulder shower silver slower smaller smarter sooner spider steamer stress stricter stronger success "
    "suffer sugar summer super superior suppress surrender syrian takeover tanker tender terror theater three tiger "
    "timber timer together tougher tower tractor trailer transfer trawler tree trigger twist ukrainian under unless "
    "upper waiver warmer water weaker weakness weather whatever whatsoever whenever wherever whether wider wilder "
    "winter wireless wonder younger"
)


def _words(listed: str) -> str:
    return "|".join(re.escape(word) for word in sorted(listed.split(), key=lambda word: (-len(word), word)))


_NAME_WORD = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Maj|Capt|Lt|Sgt|St)\."
    r"|[A-Z\u00c0-\u00de\u0100-\u017f][\w’'-]*[\w]|[A-Z]\."
)


class EnglishReferences(References):
    """The English ones."""

    sexes = _PRONOUNS
    hint = lazy(r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?|[Hh]erself)\b|, which ")
    reflexives = frozenset(("himself", "herself"))
    subjects = frozenset(("He", "She"))
    apposed = lazy(
        r"(?:,| is| was|, who (?:is|was)) (?:\d+, )?(?:(?:a|an|the|its|their|our|then|now|one of the) )?"
        r"(?:[\w-]+ ){0,3}"
    )
    mention = lazy(
        rf"(?<![\w’'-])(?:(?P<pronoun>(?i:{_words(' '.join(_PRONOUNS))}))(?![\w-]|[’']\w{{3}})"
        rf"|(?P<woman>(?i:{_words(_WOMEN)}))(?![\w-])"
        rf"|(?P<man>(?i:{_words(_MEN)}))(?![\w-])"
        rf"|(?P<name>(?:{_NAME_WORD})(?:[ \u00a0]"
        rf"(?:(?:de|da|di|del|dos|das|van|von|der|den|el|al|bin|ben|du|la|le|y|zu)[ \u00a0])*(?:{_NAME_WORD}))*)"
        rf"|(?P<anyone>(?i:{_words(_ANYONE)})|(?!(?:{_words(_NO_PEOPLE)})\b){_ENDINGS})(?![\w-]))"
    )
    speech = lazy(
        r"(?:,? (?:has|had|also|then|later|further|once|again|herself|himself|rightly|immediately) ){0,3}"
        r"(?:,? ?(?:said|says|told|added|adds|noted|notes|stressed|emphasi[sz]ed|explained|explains|pointed out"
        r"|points out|stated|recalled|recalls|admitted|admits|confirmed|announced|wrote|continued|concluded|believes"
        r"|believed|commented|argued|complained|assured|claimed|declared|remarked|remembers|specified|informed"
        r"|summed up|reported|underlined|reminded|insisted|suggested|warned|thanked))\b"
    )
    goes_on = lazy(
        r"(?:(?: has| had| then| later| further)? (?:added|noted|stressed|emphasi[sz]ed|explained|pointed out|continued"
        r"|concluded|went on|recalled|specified|clarified|admitted|underlined|summed up|reminded)"
        r"| also (?:said|told|stated|noted|stressed|recalled|admitted|announced|pointed out|explained)"
        r"| (?:adds|notes|explains|emphasi[sz]es|recalls|stresses|continues|concludes|points out))\b"
    )
    thing_relative = lazy(
        r", (which) (?:(?:now|also|still|once|previously) )?(?:works|worked|lives|lived|died|studied|graduated|teaches"
        r"|taught|plays|played|serves|served|speaks|spoke|heads|headed|resigned|retired|married|was born|is married"
        r"|has lived|has worked|said|told|wrote|sings|sang|trains|trained)\b"
    )
    person_relative = "who"
    relative_message = "“{quote}” does not stand for a person such as {who}; English says “{correction}”."
    organisation_said = lazy(
        r"(?:[Tt]he|[Tt]his|[Oo]ur) (?:\w+ ){0,3}(?:company|firm|corporation|bank|ministry|agency|committee|council"
        r"|commission|government|parliament|court|university|museum|hospital|club|party|union|department|institute|association|fund"
        r"|airline|factory|plant|newspaper|channel|regulator|authority|organi[sz]ation|concern|group)"
        r" (?:has |also |had |later ){0,2}(?:said|announced|reported|added|stated|noted|confirmed|promised|expects|says"
        r"|plans|stressed|explained|claimed)(?: on \w+)?(?: that)? "
    )
    thing_of = MappingProxyType({"he": "it", "she": "it", "his": "its"})
    thing_message = "“{quote}” seems to mean an organisation; English says “{correction}”."
    after_quotation = lazy(r"[\"”’'»],? ?$|[\"”’'»]? [-–—] $")
    own_deed = lazy(
        r" (?:(?:has|had|will|also|already|then|finally|recently|just) ){0,2}(?:won|win|made|make|scored|started|began"
        r"|begun|celebrated|celebrates?|spent|published|publish|recorded|released|played|finished|ended|dedicated|lost"
        r"|earned|completed|signed|launched|resumed|gave|opened|built|changed|took|faces?|founded|wrote|earns?) "
    )
    own_thing = lazy(
        r" (?:own|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|debut|life|career"
        r"|mind|time|maiden|last|final|seat|title|job|studies|training|speech|hometown)\b"
    )
    names_thing = lazy(
        r"^(?i:San|Santa|Santo|Los|Las|St|Saint|São|Port|Fort|Lake|Mount|Mt|El|Cape|New|Great|Nova|Grand)\b"
        r"|\b(?:Ministry|University|Council|Committee|Party|Bank|Court|City|Street|Avenue|Road|Bridge|School|College"
        r"|Company|Group|Corporation|Institute|Museum|Theat(?:er|re)|Club|Union|Agency|Office|Department|Service|Centre"
        r"|Center|Church|Cathedral|Hospital|Airport|Station|Park|Square|Region|Oblast|District|Province|County|State"
        r"|House|Hall|Prize|Award|Cup|League|Stadium|Arena|Times|Post|News|Journal|Academy|Association|Foundation|Fund"
        r"|Federation|Republic|Kingdom|Army|Navy|Police|Parliament|Assembly|Congress|Senate|Commission|Board|Society"
        r"|Olympics|Games|Festival|Act|Law|Constitution|Island|Islands|River|Lake|Sea|Mount|Mountains|Valley|Bay|North"
        r"|South|East|West|Inc|Ltd|LLC|Co|Corp|Facebook|Telegram|Twitter|YouTube|Instagram|Google|Internet)\b"
    )
    sexed_titles = MappingProxyType(
        {
            **dict.fromkeys(
                "Mr Sir Lord King Prince Herr Monsieur Señor Signor Pope Emperor Tsar Sheikh Imam".split(), "m"
            ),
            **dict.fromkeys("Mrs Ms Miss Lady Dame Queen Princess Frau Madame Señora Signora Empress".split(), "f"),
        }
    )
    leaders = frozenset(
        (
            "Dr Prof President Premier Minister Senator Sen Rep Gov Gen Col Maj Capt Lt Sgt General Colonel Major "
            "Captain Lieutenant Sergeant Judge Mayor Governor Chancellor Secretary Director Chairman Coach Professor "
            "Doctor Ambassador Deputy CEO Chief Prime Foreign The A An In On At As By But And Or So If When While "
            "After Before For From With Since Until During Despite According Earlier Later Today Yesterday Meanwhile "
            "However Although Because Both Each Then There Here This That These Those Its Our My Your Their What Who "
            "Why How Not Now All Also No Yes Like Only Even Just Still Once Perhaps Maybe Instead Among Between "
            "Under Over Through Without Within About Against Around Near To Of Up Out Some Many Most Several Two "
            "Three Four Five Six Seven Eight Nine Ten Former Fellow Young Old Little Poor Dear Photo Image Picture"
        ).split()
    )
    places_before = lazy(
        r"(?:\b(?:in|near|at|into|from|to|outside|around|across|over|through|the)|[“\"«„]|\d|\(|#|@) ?$"
    )
    of = lazy(
        r"\b(?:of|to|for|by|with|from|about|against|behind|after|than|like|and)"
        r"(?: (?:the|a|an|his|her|their|its))?(?: \w+)? $"
    )

    def other(self, pronoun: str, after: str) -> str:
        """Return the pronoun of the other sex; "her" is "his" before a noun that it goes with, else "him"."""
        lower = pronoun.lower()
        if lower == "his":
            swapped = "her" if _owns(after) else "hers"
        elif lower == "her":
            swapped = "his" if _owns(after) else "him"
        else:
            swapped = _OTHER[lower]
        return swapped.capitalize() if pronoun[0].isupper() else swapped


_NO_NOUN = lazy(
    r" (?:\w+ly|the|a|an|this|that|these|those|to|in|on"
    r"|at|for|from|with|by|and|or|but|as|if|when|while|because|about|into"
    r"|was|is|were|has|had|will|would|his|her|their|it|he|she|they|who|what|how|not|so|up|out|off|down|back|away"
    r"|once|twice|yesterday|today|tomorrow|during|after|before|again|there|here|than|of|since|until|over|through|against|without|under)\b"
)


def _owns(after: str) -> bool:
    """Return whether what follows a pronoun can be the noun that it goes with."""
    return re.match(r" [\w“\"]", after) is not None and _NO_NOUN.match(after) is None
