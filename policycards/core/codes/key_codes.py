"""Problems 4xx: QR codes and keys."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E400",
        N_("there is no key file here, and without its key no card gets a code"),
        N_(
            "policycards init makes one. If the county already has a key, fetch that file, or type"
            " the recovery sheet from the safe into a text file of this name."
        ),
    ),
    Kind(
        "E401",
        N_("this is no key file: it has {count} lines besides remarks, and a key has 5"),
        N_(
            "Fetch the file again, or type the five lines of the recovery sheet into a text file,"
            " and nothing else."
        ),
    ),
    Kind(
        "W402",
        N_(
            "others who use this computer can read this key file, and whoever has the key can make"
            " card codes"
        ),
        N_("Let only its owner read it: chmod 600 {file}"),
    ),
    Kind(
        "E403",
        N_("these five lines do not make one key: they are out of order, or from different sheets"),
        N_("Type them in the order of the recovery sheet."),
    ),
    Kind(
        "E410",
        N_("a code has 12 characters, here are {count}; dashes and spaces do not count"),
        N_("Compare with the paper: 7F3K-9Q2M-8ZT1 is the pattern, three groups of four."),
    ),
    Kind(
        "E411",
        N_("{character} ({number}) does not occur in a code"),
        N_(
            "Compare with the paper. A code has the digits and the capital letters without I, L, O"
            " and U."
        ),
    ),
    Kind(
        "E412",
        N_("one character of this code is wrong, or two are exchanged"),
        N_(
            "Compare with the paper, character by character: 5 and S, 8 and B, 2 and Z are easily"
            " mistaken."
        ),
    ),
    Kind(
        "E413",
        N_("this is not the QR code of a card: {text}"),
        N_("Scan the code on the card itself, or type the twelve characters under it."),
    ),
    Kind(
        "E420",
        N_("base_url is not an address that a QR code can open: {url}"),
        N_(
            "Write https://, the domain, and a path if there is one, without ? and #:"
            " https://card.example.com. A Chinese domain is written in its xn-- form."
        ),
    ),
    Kind(
        "E421",
        N_("base_url is {url}: without https anybody on the way can change what a household reads"),
        N_("Give the address with https://, and have the host serve it."),
    ),
    Kind(
        "W421",
        N_("base_url is {url}: without https anybody on the way can change what a household reads"),
        N_(
            "Before cards are published, give the address with https://, and have the host"
            " serve it."
        ),
    ),
    Kind(
        "E422",
        N_(
            "base_url names the computer {host} and no domain: when it moves, every printed card is"
            " dead"
        ),
        N_("Give the address of a domain that the office holds."),
    ),
    Kind(
        "W422",
        N_(
            "base_url names the computer {host} and no domain: when it moves, every printed card is"
            " dead"
        ),
        N_("Before cards are published, give the address of a domain that the office holds."),
    ),
    Kind(
        "E423",
        N_("base_url leads to {host}, which no phone can open"),
        N_("Give the address of a domain that the office holds."),
    ),
    Kind(
        "W423",
        N_("base_url leads to {host}, which no phone can open: good for samples only"),
        N_("Before cards are published, give the address of a domain that the office holds."),
    ),
    Kind(
        "E424",
        N_(
            "the QR code would hold {length} bytes, {over} more than the {most} that can be read"
            " from a small print"
        ),
        N_("Take a shorter base_url. Five policies that are not discreet need one byte."),
    ),
)
