"""English words beside names and in the names of institutions."""

import re
from types import MappingProxyType

from corrigenda.expressions import lazy
from corrigenda.languages.base import InstitutionWords, NameWords


class EnglishNameWords(NameWords):
    """The English ones."""

    titles = frozenset(
        (
            "Mr Mrs Ms Miss Mx Dr Prof Sir Dame Lord Lady St Saint Sen Rep Gov Gen Col Maj Capt Cpt Lt Sgt Adm Hon Rev "
            "Fr Sheikh Sheik Ayatollah Mullah Imam Rabbi Haji Pan Pani Herr Frau Monsieur Madame Senor Comrade "
            "President Prime Minister Premier King Queen Prince Princess Emperor Tsar Czar Sultan Pope Bishop "
            "Archbishop Cardinal Patriarch Father Brother Sister General Colonel Major Captain Lieutenant Sergeant "
            "Admiral Marshal Commander Chancellor Secretary Senator Governor Mayor Judge Justice Ambassador Director "
            "Chairman Chairwoman Chief Deputy Professor Doctor Coach"
        ).split()
    )
    titles_of_one_name = frozenset("St Saint King Queen Prince Princess Emperor Empress Tsar Czar Sultan Pope".split())
    titles_of_sex = MappingProxyType({"Mr": "m", "Sir": "m", "Mrs": "f", "Ms": "f", "Miss": "f"})
    epithet = lazy(r" ((?:the|of) [A-Z][\w’'-]+)")
    titles_spelled_otherwise = (
        ("Ayatollah", "Ayatullah"),
        ("Czar", "Tsar", "Tzar"),
        ("Hadji", "Haji", "Hajji"),
        ("Mawlana", "Maulana", "Mevlana"),
        ("Molla", "Mulla", "Mullah"),
        ("Shaikh", "Shaykh", "Sheik", "Sheikh"),
        ("Sayyed", "Sayyid", "Seyyed"),
    )
    of_men = lazy(r"\b(?:[Hh]e|[Hh]is|[Hh]im|husband|father|son|brother|uncle|nephew)\b")
    people = frozenset(
        "academic activist actor actress artist astronaut athlete author ballerina banker biathlete biker blogger "
        "boxer businessman businesswoman captain chemist citizen coach colonel comedian commander composer conductor "
        "cosmonaut cyclist dancer defector defender deputy designer director doctor driver economist engineer "
        "farmer fencer fighter filmmaker footballer forward gymnast goalkeeper historian inventor journalist judge "
        "lawyer lieutenant linguist manager mathematician mayor midfielder minister musician novelist officer oligarch "
        "opponent painter philosopher photographer physicist pianist pilot playwright poet politician president "
        "prisoner private producer professor prosecutor psychologist rapper reporter scientist sculptor senator "
        "sergeant singer skater skier soldier sprinter striker student surgeon swimmer teacher teammate tenor "
        "violinist winger wrestler writer".split()
    )
    speaking = frozenset(
        "added admitted announced answered argued asked believes claimed complained concluded confirmed continued "
        "denied died explained insisted joked laughed married noted predicted promised quipped recalled remarked "
        "replied resigned retired said sang says scored sighed smiled starred stressed suggested tells thinks told "
        "wrote".split()
    )
    relatives = frozenset(
        "agent brother daughter father girlfriend husband lawyer mother parents sister son spokesman spokeswoman "
        "teammate uncle widow wife".split()
    )
    pronouns_of_people = frozenset(("he", "she", "who", "whose"))
    kin = frozenset("brothers family sisters twins".split())
    organisation_nouns = frozenset(
        "bank group holding company corporation agency channel tv television radio university academy "
        "institute stadium arena club fc hc hockey football shipyard shipyards plant factory works airport "
        "airlines airways station hotel theatre theater museum newspaper magazine gazette news media "
        "foundation fund party prize award cup trophy brand plc llc ltd inc gmbh ag sa jsc ojsc pjsc ooo "
        "motors energy oil gas insurance investments capital ventures studios records pictures films sports "
        "street avenue square boulevard embankment bridge".split()
    )
    function_words = frozenset(
        "A I In On At As By Be He We Us Me My Of Or So To Up No Am An And But For Nor Yet The This That It Its If Is "
        "Are Was When Then There Here They She Her His Our Your Their What Who Why How Not Now All Also After Before "
        "From With While Since Until During Despite According Earlier Later Today Yesterday Meanwhile However Although "
        "Because Both Each".split()
    )
    nations = MappingProxyType({"Ukrain": "uk", "Russia": "ru", "Belarus": "be"})
    place_prepositions = ("in", "of", "from", "near", "to", "at", "into", "outside", "around", "over", "for")
    locations = ("in", "near", "at", "into", "outside", "around")
    noun_prepositions = (
        *("in", "of", "from", "near", "to", "at", "into", "toward", "towards", "outside", "around", "over", "for"),
        *("with", "by"),
    )
    enumerating = frozenset(("and", "or", "&", "v", "versus", "vs", "–", "—"))
    meeting = frozenset(
        "assisted beat defeated embraced faced fought interviewed joined married met phoned praised replaced succeeded "
        "thanked".split()
    )
    glosses = lazy(
        r"\b(?:or|aka|known|called|spell(?:ed|ing)s?|spelt|written|pronounced|than|formerly|now|née|alias"
        r"|transliterated)\b|[(/]"
    )
    derivations = frozenset("s n an ian ans ians ese ish i is er ers ite ites ism ist ic".split())
    plants = frozenset(
        (
            *"hpp npp tpp hes aes tes dam reservoir hydroelectric hydropower nuclear thermal".split(),
            *("power plant", "power station"),
        )
    )
    areas = frozenset("region oblast province regional".split())
    districts = frozenset("district raion rayon".split())
    contraction = lazy(r"['’](?:s|ll|ve|re|d|m|t)$", re.IGNORECASE)


class EnglishInstitutionWords(InstitutionWords):
    """The English ones, and the small words of other languages that stand in names as English writes them."""

    links = frozenset("of for the and on in to a an at against by with de du des la le et und der".split())
    articles = frozenset(("the", "a", "an"))
    weak = frozenset("study studies research".split())
    synonyms = tuple(
        frozenset(group.split())
        for group in (
            "border frontier limit boundary",
            "atomic nuclear",
            "agency office bureau",
            "committee commission council board",
            "court tribunal",
            "security safety",
            "defense protection",
            "fund foundation",
            "organization organisation association",
            "reporter journalist correspondent",
            "doctor medic physician",
            "monetary currency money",
            "world global international worldwide",
            "health healthcare",
            "refugee displaced",
            "food provision nutrition",
            "war warfare",
            "union alliance confederation",
            "investigation inquiry investigative",
            "anticorruption corruption",
            "intelligence reconnaissance",
            "observatory observation monitoring",
            "cross",
            "trade commerce",
            "labor work",
            "development progress",
            "high supreme",
            "commissioner representative",
        )
    )
    spellings = MappingProxyType(
        {
            "organisation": "organization",
            "defence": "defense",
            "centre": "center",
            "labour": "labor",
            "programme": "program",
            "co-operation": "cooperation",
            "anti-corruption": "anticorruption",
        }
    )
    inner = tuple("of for the and on in to a an at against by with without de du des la le et &".split())
    inner_of_acronym = tuple("of for the and on in to against without de &".split())
    articles_of_name = ("the",)
    small = ("of", "for", "on", "in", "against")

    def singular(self, word: str) -> str:
        """Return the singular of a lower-case word, by the regular rule alone."""
        plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ies"))
        return word[:-1] if plural else word
