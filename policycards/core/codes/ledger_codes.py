"""Problems 63x to 69x: the ledger."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E630",
        N_("'{first}{sign}{last}' may mean two cards, or all from {first} to {last}"),
        N_("Write '{first}-{last}' for all of them, or '{first} {last}' for these two."),
    ),
    Kind(
        "E631",
        N_("'{word}' is no word for what became of a card; did you mean '{nearest}'?"),
        N_("Write it as the list of words has it; a remark stands in brackets."),
    ),
    Kind(
        "E640",
        N_("{person} may not do this ({verb}) there"),
        N_("Ask the office above, which may do it or give you the right for your area."),
    ),
    Kind(
        "E641",
        N_("this ledger has no card with the code {card}"),
        N_(
            "Check the code under the QR code. If the card is real, its run was not loaded: tell"
            " the county."
        ),
    ),
    Kind(
        "E642",
        N_("'{kind}' is nothing that can happen to this ({piece})"),
        N_("One of these can: {known}."),
    ),
    Kind(
        "E643",
        N_("'{kind}' does not say how or why: '{detail}' is no such detail"),
        N_("Give one of: {known}."),
    ),
    Kind(
        "E644",
        N_("'{evidence}' does not say how this is known"),
        N_("Give one of: {known}."),
    ),
    Kind(
        "E645",
        N_("this withdraws an event that is of another card, or is itself a withdrawal"),
        N_("Withdraw an event of the same card; what is right is reported again."),
    ),
    Kind(
        "E646",
        N_("this withdraws what somebody else reported"),
        N_("Only the township or an office above withdraws what others reported: ask there."),
    ),
    Kind(
        "E647",
        N_("another event already has the id {id}"),
        N_("Load the page again: each event needs an id of its own."),
    ),
    Kind(
        "E648",
        N_("this device may send nothing more"),
        N_("What it has not sent stays on it. Ask the township for a new slip, and log in again."),
    ),
    Kind(
        "E649",
        N_(
            "goods of a pack are reported with what they are, where, and a number; '{value}' is"
            " none of"
            " that"
        ),
        N_("Give goods ({goods}), a hop ({hops}) and a number above 0."),
    ),
    Kind(
        "E650",
        N_("there is no household {household} in the area of this card"),
        N_("Look it up by name; a household that is on no list is added by the county."),
    ),
    Kind(
        "E651",
        N_("this ledger has no pack {pack}"),
        N_("Load the page again; the list of packs may have changed."),
    ),
    Kind(
        "E652",
        N_("this does not say which card replaces card {card}"),
        N_("Give the code of the new card or of the spare card."),
    ),
    Kind(
        "E653",
        N_("the number of a new household is missing, or this one is taken: {household}"),
        N_("Give the number that the household will have in the roster."),
    ),
    Kind(
        "E654",
        N_("this is no reissue list"),
        N_("Give the list that 'policycards stale' wrote, as it is."),
    ),
    Kind(
        "E655",
        N_("this phone has to join again: what let it in is over or not known"),
        N_(
            "What it has not sent stays on it. Ask the township for a new slip, and join with it on"
            " this phone."
        ),
    ),
    Kind(
        "E656",
        N_("this cannot be read: {why}"),
        N_(
            "Open the page again on a network, so that it is the newest; nothing on the phone is"
            " lost by that."
        ),
    ),
    Kind(
        "E657",
        N_("the ledger cannot write anything down at present"),
        N_(
            "Nothing is lost: the phone keeps what it has and sends it later. At the server, look"
            " at the disk."
        ),
    ),
    Kind(
        "E658",
        N_("this is no file of a phone of this ledger, or somebody has changed it"),
        N_("Save the file again on the phone, and bring it in as it is."),
    ),
    Kind(
        "E659",
        N_("the backup cannot be written: {why}"),
        N_("Nothing was kept. Make room there, or name another disk; the ledger is as it was."),
    ),
    Kind(
        "E660",
        N_("{edition} is a proof: its cards may not be handed out, so they are not accounted for"),
        N_("Print the run from a published edition, and load that."),
    ),
    Kind(
        "E661",
        N_(
            "the edition {edition} is a trial, or the run was printed without the county's key: its"
            " cards are samples"
        ),
        N_("Publish the edition without --draft, print with --key-file, and load that run."),
    ),
    Kind(
        "E662",
        N_("this run is already in the ledger, since {loaded}"),
        N_(
            "There is nothing to do. If villages were printed since, print them as a run of their"
            " own."
        ),
    ),
    Kind(
        "E663",
        N_("{count} of these cards are already in the ledger, the first is {card}"),
        N_("Do not hand out these cards. Check that this run was not loaded from another folder."),
    ),
    Kind(
        "E664",
        N_("{count} areas of this run are not in the ledger, the first is {area}"),
        N_("Load the areas first: 'policycards ledger areas' reads areas.csv and contacts.csv."),
    ),
    Kind(
        "E665",
        N_("this is no folder of a run that can be loaded: {why}"),
        N_("Name the folder of an edition, which has a folder 'run' with run.json."),
    ),
    Kind(
        "W666",
        N_(
            "{count} households have no name in the ledger; people will find them by pile number"
            " only"
        ),
        N_("Load the names with --roster: the list from which the run was printed."),
    ),
    Kind(
        "W667",
        N_(
            "{count} cards of this run replace cards that the ledger does not know, the first is"
            " {card}"
        ),
        N_("Load the older run too, so that its cards are seen to be replaced."),
    ),
    Kind(
        "W668",
        N_(
            "{planned} cards were planned and {count} are in the manifest: the rest could not be"
            " printed"
        ),
        N_("Look into errors.xlsx of the run; those households need a card by another way."),
    ),
    Kind(
        "E669",
        N_(
            "{count} more are not possible: {known} are recorded here already, {most} came or were"
            " printed"
        ),
        N_(
            "Count again. If an earlier number was wrong, take it back in the history below, then"
            " record it."
        ),
    ),
    Kind(
        "E670",
        N_("area {area} would be missing, but the ledger has cards, packs or people there"),
        N_("Keep its row in areas.csv; give it a valid_to and its successors if it has ended."),
    ),
    Kind(
        "W671",
        N_("{person} is bound to area {area}, which has ended"),
        N_(
            "Bind the person to the area that follows, if it is theirs: rights do not move by"
            " themselves."
        ),
    ),
    Kind(
        "W672",
        N_("area {area} was split; {count} households wait to be given to one of: {known}"),
        N_(
            "Give them with the page of the area; until then the old area keeps them and loses"
            " none."
        ),
    ),
    Kind(
        "E673",
        N_("area {area} is not in the ledger"),
        N_("Load the areas first: 'policycards ledger areas' reads areas.csv and contacts.csv."),
    ),
    Kind(
        "E674",
        N_("'{word}' is no word for what became of a card"),
        N_("Type one of the words in the list beside the form, after the numbers."),
    ),
    Kind(
        "E675",
        N_("{person} may not give the role {role}"),
        N_("One may give: {known}. Village teams join by a slip."),
    ),
    Kind(
        "E676",
        N_("there is already a user {person}"),
        N_("Choose another user name."),
    ),
    Kind(
        "E677",
        N_("the column {column} is missing in the list of users"),
        N_("The columns are: {known}."),
    ),
    Kind(
        "E678",
        N_("'{role}' is no role, or not for area {area}"),
        N_("One of: {known}. A county has 6 digits, a township 9, a village 12."),
    ),
    Kind(
        "E679",
        N_("this slip is not valid: it was used, has expired, or is mistyped"),
        N_("Check each character. A slip works once; ask the township for a new one."),
    ),
    Kind(
        "E680",
        N_("this phone's id is already that of another village's team"),
        N_("The page makes an id for each village that it opens: open the slip's address again."),
    ),
    Kind(
        "E681",
        N_("this password is not good enough: {why}"),
        N_("Take at least 10 characters, not only digits, nothing that is your own name."),
    ),
    Kind(
        "E682",
        N_("this call is already answered"),
        N_("Open a new call if the household rings again."),
    ),
    Kind(
        "E683",
        N_("the pack of {village} is not closed yet, or already was"),
        N_("Close a pack when its handing over is finished; the sample is drawn after that, once."),
    ),
    Kind(
        "E684",
        N_("this was recorded by the same person"),
        N_("A sample is checked by another unit: somebody of the county who did not record it."),
    ),
    Kind(
        "E685",
        N_("there is no key for backups in the environment"),
        N_(
            "Set POLICYCARDS_BACKUP_KEY to the key that 'policycards ledger backup-key' makes; keep"
            " a copy on paper."
        ),
    ),
    Kind(
        "E686",
        N_("this backup cannot be opened: {why}"),
        N_("Check that the file is whole and that the key is the one with which it was made."),
    ),
    Kind(
        "E687",
        N_("the ledger to restore into is not empty"),
        N_("Restore into a new database, look at it, and then let the server use that one."),
    ),
    Kind(
        "E688",
        N_("{program} did not do its work: {why}"),
        N_("Install PostgreSQL's client programs of the server's version or newer, and try again."),
    ),
    Kind(
        "E689",
        N_("number {number} stands there twice"),
        N_("Say once what became of it; what follows 'except' may stand in the range before."),
    ),
    Kind(
        "E690",
        N_("card {card} is '{found}' in the ledger, but its events say '{wanted}'"),
        N_("Report the fault with this line. Nothing is lost: the events are right."),
    ),
    Kind(
        "E691",
        N_("the count of {what} says {found}, counting anew gives {wanted}"),
        N_("Report the fault with this line. Nothing is lost: the events are right."),
    ),
    Kind(
        "E692",
        N_("this pile has no number {number}; the last is {last}"),
        N_(
            "Check the number against the register, and whether this is the village and edition of"
            " the register."
        ),
    ),
    Kind(
        "E693",
        N_("it is not clear what is meant with '{what}'"),
        N_(
            "Type numbers and then what became of them: 1-180 delivered except 7 12 absent, 33"
            " moved."
        ),
    ),
    Kind(
        "E694",
        N_("this list is not the register of this pack: {why}"),
        N_(
            "Take the list from the page of this pack, fill in its column, and give it back as"
            " it is."
        ),
    ),
    Kind(
        "E695",
        N_("there is no secret key in the environment"),
        N_("Set POLICYCARDS_SECRET_KEY to 50 or more random characters; docs/deploy.md shows how."),
    ),
    Kind(
        "E696",
        N_("the ledger's database cannot be used: {why}"),
        N_("Check DATABASE_URL, and run 'policycards ledger migrate'."),
    ),
    Kind(
        "E697",
        N_("a part of the program is not installed: {why}"),
        N_("Install it with: pip install 'policycards[ledger]'."),
    ),
    Kind(
        "E698",
        N_("the database is not safe: {why}"),
        N_("Do not serve it. Look at who else has rights in this database, then migrate again."),
    ),
    Kind(
        "E699",
        N_("what was given is not what is needed here: {why}"),
        N_("Look at what the form asks for, and try again."),
    ),
)
