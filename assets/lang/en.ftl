# The words of the window. Each message has a key, and a place in { } for what comes in; where a number comes in, Fluent
# chooses the form. Words for things are those of GLOSSARY.md. A message is one plain sentence; a button says what it does.

## Numbers of things

counted-articles = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}

## Commands: menus, palette, list of keys

menu-project = Project
menu-edit = Edit
menu-label = Label
menu-review = Review
menu-go = Go
menu-view = View
menu-help = Help
command-menu-bar = Menu bar
command-high-contrast = High contrast
command-still = Nothing moves by itself
key-space = Space
command-new-project = New project…
command-open-project = Open project…
command-add-articles = Add articles…
command-import = Import annotations…
command-export = Export a data set…
command-describe = Describe this article…
command-done = This article is done / not done
command-open-sets = Annotators work blind / see each other's sets
command-problems = Problems in the project
command-annotator = Change the annotator…
command-save = Write all files now
command-save-copy = Save a copy…
command-elsewhere = Bring in edits from elsewhere
command-gone = Files that are gone…
command-quit = Quit
command-undo = Undo
command-redo = Redo
command-delete = Delete what is selected
command-delete-all = Delete all such…
command-find = Find in the article
command-find-everywhere = Find in all articles
find-job = looking through all articles
find-everywhere-count = { $hits ->
    [one] one hit
   *[other] { $hits } hits
} in { $articles ->
    [one] one article
   *[other] { $articles } articles
}
hover-note = note: { $note }
command-find-next = Next hit
command-find-previous = Previous hit
command-select-alike = Select all with this label
command-label-all = Label all equal words…
command-grow = Grow by a word
command-shrink = Shrink by a word
command-grow-start = Grow at the start
command-shrink-start = Shrink at the start
command-add-fragment = Add the selection as a fragment
command-take-out = Take out the selection, or the active role's last filler
command-earlier = Move the active role's last filler forward
command-note = Write a note…
command-comment = Comment on what is selected…
command-refer = Say who or what it is…
command-choose-1 = Give the next attribute its 1st value
command-choose-2 = Give the next attribute its 2nd value
command-choose-3 = Give the next attribute its 3rd value
command-choose-4 = Give the next attribute its 4th value
command-choose-5 = Give the next attribute its 5th value
command-choose-6 = Give the next attribute its 6th value
command-choose-7 = Give the next attribute its 7th value
command-choose-8 = Give the next attribute its 8th value
command-choose-9 = Give the next attribute its 9th value
command-nobody = Take away who or what it is
command-dateline = Take the article's date from its dateline
command-attribute-1 = Set the 1st attribute…
command-attribute-2 = Set the 2nd attribute…
command-attribute-3 = Set the 3rd attribute…
command-attribute-4 = Set the 4th attribute…
command-attribute-5 = Set the 5th attribute…
command-attribute-6 = Set the 6th attribute…
command-candidates = Fill the active role from a list…
command-value = Fill the active role with a value…
command-accept = Fill the active role / open the card / accept the suggestion / select here
command-escape = Back to the text
command-decide = Decide, and go on to the next case
command-adopt-1 = The 1st annotator is right
command-adopt-2 = The 2nd annotator is right
command-adopt-3 = The 3rd annotator is right
command-adopt-4 = The 4th annotator is right
command-adopt-5 = The 5th annotator is right
command-adopt-6 = The 6th annotator is right
command-adopt-7 = The 7th annotator is right
command-adopt-8 = The 8th annotator is right
command-adopt-9 = The 9th annotator is right
command-none-right = None is right: edit the gold set
command-take-out-of-gold = Take out of the gold set
command-edit-gold = Edit it in the gold set
command-settle = Edited: right as it stands now
command-decide-all = Decide all listed cases alike…
command-take-whole = Decide all about this thing as one has it…
command-same-words = Only cases about the same words, or all again
command-case-text = Only cases with some words…
command-reason = Say why…
command-gap = Note a gap in the guideline…
command-reasons = Reasons and gaps of the guideline…
command-conflicts = Conflicts of a merge…
command-next-case = Next case
command-previous-case = Previous case
command-next-open-article = Next article with open cases
command-premerge = Merge what is agreed…
command-identities = Who is who across articles…
command-queue-order = Order: least agreement first / as one reads
command-case-kinds = Only one kind of case…
command-show-decided = Show decided cases, too
command-review-setup = Who is compared…
command-next-annotation = Next annotation
command-previous-annotation = Previous annotation
command-next-in-stack = Next of overlapping annotations
command-previous-in-stack = Previous of overlapping annotations
command-next-difference = Next difference from gold
command-previous-difference = Previous difference from gold
command-comments = Comments…
command-next-article = Next article
command-previous-article = Previous article
command-filter-articles = Filter the articles
command-next-word = Next word
command-previous-word = Previous word
command-select-word-on = Select the next word, too
command-select-word-back = Select the previous word, too
command-next-character = Next character
command-previous-character = Previous character
command-select-character-on = Select the next character, too
command-select-character-back = Select the previous character, too
command-line-down = Line down
command-line-up = Line up
command-select-line-down = Select a line down
command-select-line-up = Select a line up
command-next-sentence = Next sentence
command-previous-sentence = Previous sentence
command-select-sentence-on = Select to the next sentence
command-select-sentence-back = Select to the previous sentence
command-next-paragraph = Next paragraph
command-previous-paragraph = Previous paragraph
command-page-down = Page down
command-page-up = Page up
command-line-start = Start of the line
command-line-end = End of the line
command-select-line-start = Select to the start of the line
command-select-line-end = Select to the end of the line
command-text-start = Start of the text
command-text-end = End of the text
command-annotate = Annotate
command-review = Review
command-figures-csv = Save what the dashboard shows as CSV…
command-figures-picture = Save what the dashboard shows as a picture…
command-palette = All commands…
command-beside = Another annotator's set beside your own…
command-toggle-articles = Show or hide the articles
command-toggle-card = Show or hide the details
command-theme = Light / dark
command-larger = Larger
command-smaller = Smaller
command-usual-size = Usual size
command-label-names = Label names under the text
command-spacing-compact = Lines close together
command-spacing-usual = Lines at the usual distance
command-spacing-wide = Lines far apart
command-language = Language / Bahasa…
command-label-language = Language of the labels
command-welcome = Welcome card
command-reports = Reports of failures…

## Buttons and words of many dialogs

cancel-esc = Cancel (Esc)
close-esc = Close (Esc)
close = Close
ok-enter = OK (Enter)
ok-ctrl-enter = OK (Ctrl+Enter)
browse = Browse…
browse-folder = Folder…
and-more = and { $count } more
hit-of = { $at } of { $count }
moved-forward = Move { $name } forward
earlier = Earlier
stop = Stop
done-of-articles = { $done } of { $total } articles
joined-and = {" and "}
job-broke = A mistake of the program ended this: { $job }.

## Notices, and dialogs that ask for a path

chooser-nothing = Nothing was chosen. Where no file chooser opens, type or paste the path.
chooser-open = The file chooser of the system is open.
notice-not-saved = Not saved: { $why }. You can go on working; saving is tried again every few seconds.
notice-out-of-reach = Nothing new can be read: { $why }. The window shows what was read before.
path-open-title = Open a project
path-open-label = Project folder
path-open-act = Open (Enter)
path-new-title = New project
path-copy-title = Save a copy
path-copy-label = Folder for the copy (empty, or not there yet); the copy becomes the open project
path-copy-act = Save the copy (Enter)
path-picture-title = Save a picture
path-picture-label = PNG file
path-csv-title = Save as CSV
path-csv-label = CSV file
path-save-act = Save (Enter)
path-add-title = Add articles
path-add-label = Files and folders, one per line; or drop them on the window
path-add-kinds = Readable are { $kinds }
path-add-all = All files
path-add-act = Add (Ctrl+Enter)
picker-hint = type to narrow down
picker-nothing = nothing fits

## List of articles, find bar, what is told of an annotation

articles = Articles
articles-show = show
articles-filter = filter (Ctrl+L)
articles-none = No articles yet.
articles-none-fits = No article fits the filter.
articles-add = Add articles… (Ctrl+I)
status-new = new
status-in-progress = in progress
status-done = done
status-in-review = in review
status-decided = decided
status-commented = with open comments
status-marked = { $count } marked
status-words = { $count ->
    [one] { $count } word
   *[other] { $count } words
}
card-lost = lost: { $words }
card-not-there = { $id }, missing
origin-imported = { $by }, { $at }, imported from { $file }
origin-hand = { $by }, { $at }
origin-suggested = { $by }, { $at }, suggested by { $source } ({ $score } %)
origin-suggested-changed = { $by }, { $at }, suggested by { $source } ({ $score } %), then changed
origin-decided = { $by }, { $at }, decided from { $readings } { $reason }
find-none = no hit
find = Find
find-case = Distinguish upper and lower case
words = words
find-whole-words = Whole words only
find-previous = Previous hit (Shift+F3)
find-next = Next hit (F3)
job-counting = counting
job-opening-article = opening article { $id }
job-making-project = making { $path }
job-settings = writing the settings
job-looking-for-sets = looking for annotation sets
set-unreadable = The annotations of this article cannot be read: { $why }. The file is left as it is and cannot be changed here; they appear as soon as it is repaired.
article-unreadable = Article { $id } could not be read.
change-refused-unreadable = Nothing was changed: the file cannot be read and is left as it is until it is repaired: { $error }.
change-refused-text = The text of article { $article } has changed since then. This step can be neither undone nor redone, and is skipped from now on.
sets-open-now = Annotators see each other's sets and comments from now on. The same command lets them work blind again.
sets-blind-now = Annotators work blind from now on: they see their own annotations, and comments about these or by themselves.
job-reading-gold = reading gold

## Annotating: details, cards, values, labelling all, feedback from gold

article-opening = opening the article…
details-none = Open an article on the left.
labels = Labels
labels-hint = Select words, then press a key or click.
details-more-selected = and { $count } more selected
delete = Delete
details-open-card = Open card
attributes = Attributes
details-is = Is
details-nobody = Nobody in particular
proposal-hint = Proposed from the words; a key or a click takes it.
dateline-proposed = Published { $date }?
dateline-take = Take it
details-who-or-what = who or what?
details-referent-hint = The same person, place, trip or claim in all articles (@)
details-note = Note
details-write-note = write one
details-role-of = { $role } of “{ $card }”
attribute-unknown = { $value } (not in the schema)
attribute-not-set = – not set
slot-empty = empty
role-cardinality = How many: 1 exactly one, ? at most one, + one or more, * any number
role-select-or = select words, or
role-words-are = the words are
role-choose = choose  Space
role-value = value  =
filler-go = Go there
filler-take-away-of = Take { $name } away
filler-take-away = Take it away
cards-in-article = Cards in this article: { $count }
cards-new-hint = A new card without words of its own
card-row-empty = { $summary } · { $count } empty
describe-title = Article { $id }
describe-name = Title
describe-publisher = Publisher
describe-author = Author
describe-published = Published
describe-dateline = Written from
describe-address = Address
describe-language = Language
describe-source = Source
describe-length = Length
describe-no-duration = A length of time is not a date of publication.
describe-size = { $characters } characters, { $words } words
feedback-own = Gold is compared with your own annotations: F2 goes back to them.
feedback-no-gold = There is no gold for this article yet.
feedback-undecided = The gold of this article is not decided yet.
feedback-same = Nothing in this article differs from gold.
feedback-head = Differs from gold, { $at } of { $count }:
feedback-slot = { $slot } of { $name }
feedback-you = you
feedback-gold = gold
feedback-nothing = nothing
feedback-next = Next
feedback-previous = Previous
slot-presence = presence
label = label
slot-identity = who or what it is
because-by = Decided by { $by }.
because-by-why = Decided by { $by }: { $reason }.
because-as = Decided by { $by }, as { $adopted } has it.
because-as-why = Decided by { $by }, as { $adopted } has it: { $reason }.
because-gap = The guideline does not say: { $gap }.
label-all-first = Select an annotation of one stretch of words first.
label-all-heading = Label all “{ $words }” as { $label }
delete-all-heading = Delete all “{ $words }” labelled { $label }
label-all-act = Label all { $count } (Enter)
delete-all-act = Delete all { $count } (Enter)
label-all-here = in this article
label-all-everywhere = in all articles
label-all-case = distinguish upper and lower case
label-all-words = whole words
label-all-job = looking through all articles
job-at = { $job }: { $done } of { $total }
delete-all-none = There is no other annotation like it.
label-all-none = These words stand nowhere else without a label.
label-all-zones = { $count ->
    [one] also { $count } place in zones (text that does not count)
   *[other] also { $count } places in zones (text that does not count)
}
label-all-is = is { $name }
label-all-bare = The label alone: this annotation has neither identity nor attributes.
label-all-carries = Each comes with: { $all }
value-write = Write something.
value-date = a date
value-text = free text
value-date-hint = 18/6   or   19 June 2024   or   2024-06-18/2024-06-19
value-text-hint = an inferred place, for example
value-date-help = As one says it, or a day, month or year; two with / between them make an interval; ~ means about, ? uncertain; 2021-22 is a summer, P2D two days, 2024-06-18T20:00 a time.
value-date-standard = ISO 8601-2 (EDTF), level 1
value-length = a length of time
value-kept-as = { $date }: { $days }
value-from-to = from { $from } to { $until }
value-kept = Kept as a value: these words need not stand in the article.
value-from = From
value-until = until
candidate-published = the date when the article was published
candidate-new = new: { $label }
candidate-elsewhere-here = from another article, also in this text
candidate-elsewhere = from another article, not in this text

## Reviewing: cases, readings, decisions

reason-guideline = the guideline says so
reason-slip = the others overlooked it or made a slip
reason-boundary = which words belong to it
reason-ambiguous = the text can be read both ways
reason-knowledge = known from outside the text
reason-consistency = decided so elsewhere
review-press-e = Press e first: every key then edits the gold set.
gap-title = What does the guideline not say here?
reason-none = no reason
reason-own = a reason of your own
reason-title = Why is it so?
is-right = { $name } is right
most-are-right = The majority is right
in-all-articles = in all articles, where cases like these wait
take-whole-title = All that waits about { $title }:
case-text-title = Only cases with these words; empty for all
in-cases = { $count ->
    [one] in { $count } case
   *[other] in { $count } cases
}
decide-all-title = { $count ->
    [one] In the one listed case that waits:
   *[other] In all { $count } listed cases that wait:
}
every-kind = every kind
which-cases = Which cases?
kind-missing = missing
kind-spurious = spurious
kind-boundary = boundary
attribute = attribute
role = role
kind-identity = identity
only-compared = Only { $count } are compared: s shows who.
no-case-waits = No case waits here.
not-begun = { $name } has not begun this article.
says-nothing = { $name } says nothing about it.
no-case-next = No case waits here: n goes to the next article that has some.
say-who-first = Say who is right first: 1 to 9, 0 for none, or e to edit.
identity-left = All cases of this article are decided. i lists the questions of identity that wait.
article-decided = Everything in this article is decided. n goes to the next article with open cases.
review-read-only = This project is open for reading only.
case-gone = The annotation of this case is not there any more.
not-all-compared = Not all articles are compared yet.
no-other-open = No other article has open cases.
merged-here = { $count ->
    [one] { $count } agreed record is in { $gold } now. Ctrl+Z takes it out again.
   *[other] { $count } agreed records are in { $gold } now. Ctrl+Z takes them out again.
}
nothing-to-undo = There is nothing to undo.
nothing-to-redo = There is nothing to redo.
undo-reads-first = That belongs to another article, which is being read…
undone = undone: { $step }
done-again = done again: { $step }
queue-at = { $work } { $done } of { $total }
queue-comparing = comparing
queue-merging = merging
line-nobody = nobody has begun
line-decided = { $state } · { $count } decided
line-nothing-open = nothing open
line-to-merge = { $count } to merge
count-open = { $count } open
line-identity = { $count ->
    [one] { $count } question of identity
   *[other] { $count } questions of identity
}
identity-waiting = { $count ->
    [one] Identity: { $count } question
   *[other] Identity: { $count } questions
}
comparing = comparing…
cases-open = Cases: { $open } open
order-agreement = least agreed first
order-reading = in reading order
all-kinds = all kinds
decided-too = decided ones, too
open-only = open only
nobody-begun = Nobody has begun this article: there is nothing to compare.
only-one-begun = Only { $name } has begun this article: there is nobody to compare with.
no-case-fits = No case of this article fits the filter.
all-decided = Everything in this article is decided.
all-same = All say the same about this article: nothing has to be decided.
merge-into = Merge what is agreed into { $gold }  (m)
next-open-waiting = { $count ->
    [one] Next article with open cases  (n): { $count } case waits
   *[other] Next article with open cases  (n): { $count } cases wait
}
case-line = { $kind } · { $agreement } % agree
case-twice = decided twice, differently
case-settled = settled
case-asked-again = asked again
case-of = case { $at } of { $count } · { $kind }
editing-gold = You are editing the gold set.
right-as-it-stands = Right as it stands (Enter)
right-hint = Ctrl+Enter while a role is active
back-esc = Back (Esc)
nobody-yet = nobody yet
review-head = { $who } · { $rule } · into { $gold }
review-change = change
review-change-hint = Who is compared, and what counts as agreed (s)
review-merge = merge
review-merge-hint = Merge what is agreed (m)
twice-decided = Two people decided this independently, and differently.
ruled-by = Decided by { $name }, { $at }: { $said }
ruled-nothing = nothing of it
ruled-own = as edited by hand
case-guide = Guideline: { $guide }
decided-before = This was merged or decided before, and readings have changed since. What stands in gold stays until you decide.
review-what = Review compares what several annotators say about the same article.
review-only-one = Here is only one so far: a second person opens this project under their own name, or you import their annotations under that name.
no-case-here = No case to look at in this article.
merge-agreed = Merge what is agreed  (m)
next-open = Next article with open cases  (n)
edit-set-of = Edit the set of { $name }  (e)
reading-there = there
reading-not-there = not there
deviation-also-in = { $name }, as in { $article }
deviation-only-here = { $name }, in no other article
reading-half = { $count ->
    [one] a frame of its own
   *[other] { $count } frames of their own
}
reading-whole = part of { $whole }
reading-divided = in { $count } frames
other-part = Divided into frames otherwise by some: { $title }
other-half = One frame for some, several for others: { $title }
reading-of = { $said } (as { $name } has it)
record-bare = { $label } without words
record-wordless = { $label } of { $fillers }
words-nth = { $nth ->
    [1] the first { $words } of paragraph { $paragraph }
    [2] the second { $words } of paragraph { $paragraph }
    [3] the third { $words } of paragraph { $paragraph }
   *[other] { $words }, number { $nth } of paragraph { $paragraph }
}
words-of-paragraph = { $words } of paragraph { $paragraph }
filler-gone = something that is gone
referent-unnamed = without a name
referent-with = { $name }, also { $mentions }
identity-alike = “{ $one }” and “{ $other }”: { $why }
identity-judged = { $by } judged “{ $one }” and “{ $other }”: { $says }
identity-as = { $name }, the same as { $article } { $title }
picked-out = out of { $gold }: { $title }
picked-not-there = not there: { $title }
picked-empty = no value: { $slot }
who-is-right = Who is right? Press a digit or click; 0 where none is, Del to take it out.
why = why?
why-hint = A reason, kept with the decision
gap = gap in the guideline?
gap-hint = What the guideline does not say
reasons-title = Reasons and gaps of the guideline
reasons-reading = Reading decisions
reasons-reading-of = Decisions are read: { $done } of { $total } articles.
reasons-failed = The decisions cannot be read.
reasons-count = { $count ->
    [one] { $count } decision with a reason or a gap.
   *[other] { $count } decisions with a reason or a gap.
}
reasons-only-gaps = only gaps (g)
reasons-none = No decision has a reason or a gap yet: r and g say them while a case is decided.
reasons-no-gap = No decision names a gap of the guideline.
reasons-keys = ↑ ↓ pick · Enter goes to the case
reasons-copy = Copy as CSV (c)
reasons-copied = The list is in the clipboard, as a table for a spreadsheet.
reasons-gap = The guideline does not say: { $gap } ({ $count })
reasons-reason = Reason: { $reason } ({ $count })
reasons-decision = { $article }  { $title }: { $slot }: { $value }
conflicts-title = Conflicts of a merge
conflicts-reading = Looking for conflicts
conflicts-reading-of = Sets are read: { $done } of { $total } articles.
conflicts-failed = The sets cannot be read.
conflicts-none = Nothing is left to decide by a merge.
conflicts-count = { $count ->
    [one] { $count } record that two people changed waits for a decision.
   *[other] { $count } records that two people changed wait for a decision.
}
conflicts-elsewhere = Conflicts that this version of Jejak cannot read stand in: { $files }
conflicts-keys = ↑ ↓ pick · Enter goes to the article
conflict-ours-key = Ours (1)
conflict-theirs-key = Theirs (2)
conflict-ours = Ours, as it stands
conflict-theirs = Theirs
conflict-of = “{ $name }”
conflict-where = set of { $name } · { $article } { $title }
conflict-where-referents = identities of { $name }
conflict-where-comments = comments of { $name }
conflict-where-runs = record of suggestions to { $name }
conflict-where-articles = list of articles
conflict-where-settings = settings of the project
conflict-settled-settings = Settled in the settings of the project; undo does not take that back.
conflict-article-removed = Their side removed article { $name }. To do the same, remove it in the list of articles, with what was marked in it, and then settle this; or keep ours.
conflict-field = { $field ->
    [about] About
    [at] Words
    [attributes] Attributes
    [compared] Compared sets
    [external] External ids
    [file] File
    [gold] Set of decisions
    [label] Label
    [language] Language
    [mark] Resolved or not
    [name] Name
    [note] Note
    [of] Of
    [on] About
    [open_sets] Sets open to all
    [origin] Changed by
    [published] Published
    [publisher] Publisher
    [roles] Roles
    [schema_locked] Schema locked
    [strategy] What counts as agreed
    [text] Text
    [title] Title
    [to] To
    [url] Address
    [verdict] Verdict
   *[other] { $field }
}
conflict-not-set = no
conflict-deleted = deleted
conflict-as-it-stands = as it stands
conflict-unreadable = Their version cannot be read by this version of Jejak: see “conflicts” in the file.
decide-enter = Decide (Enter)
none-is-right-key = None is right (0)
take-out-key = Take out (Del)
take-out-hint = Takes it out of the gold set, or leaves the slot without a value; Enter decides
edit-key = Edit (e)
row-presence = there?
row-identity = is
premerge-title = Merge what is agreed
premerge-comparing = Articles are compared: { $done } of { $total }…
premerge-failed = The articles could not be compared. Nothing has changed.
premerge-column-here = this article
premerge-column-all = all articles
premerge-added = records to add to { $gold }, or to complete
premerge-confirmed = records that stand in { $gold } already
premerge-differing = values that stand in { $gold } otherwise, and stay
premerge-removed = records to take out of { $gold }: it was decided that they are not there
premerge-list = All say something else by now. What stands stays, and each is a case:
premerge-line = { $article } · { $title } · { $slot }: { $stands } stands, all say { $said }
premerge-hint = A merge only adds: differences wait for you, and what was merged, decided or made by hand stays. It is one step: Ctrl+Z takes it back.
premerge-this = This article (Enter)
premerge-everywhere = All articles (Ctrl+Enter)
premerge-done = { $records } agreed records of { $articles } articles were merged. Ctrl+Z takes it all back.
job-deciding = deciding
decided-listed = { $count ->
    [0] No case waits like that.
    [one] { $name } is right in { $count } case. Ctrl+Z takes it all back.
   *[other] { $name } is right in { $count } cases, articles: { $articles }. Ctrl+Z takes it all back.
}
decided-majority = { $count ->
    [0] In no case is there a majority.
    [one] The majority is right in { $count } case. Ctrl+Z takes it all back.
   *[other] The majority is right in { $count } cases, articles: { $articles }. Ctrl+Z takes it all back.
}
premerge-stopped = It was stopped before anything was changed.
frames = frames
mentions = mentions
setup-hint = Their order is that of the keys 1 to 9. Adding or removing somebody concerns every case, so decided cases are asked about again.
setup-agreed = What counts as agreed
setup-gold = Decisions go into the set of
setup-unanimous = what everybody says
setup-majority = what at least this share says:
setup-least = and at least so many people:
setup-prefer = whatever this one says:
set-kind-person = a person's
set-kind-adjudicated = adjudicated
set-kind-model = a model's
set-kind-computed = computed
rule-unanimous = unanimous
rule-majority = at least { $percent } % and { $least }
rule-prefer = whatever { $name } says
identity-title = Who is who across articles
identity-comparing = comparing { $done } of { $total }…
identity-open = Who is who across articles: { $count } open
identity-none = All annotators put the same mentions together, or all questions are decided.
identity-keys = ↑ ↓ choose a question · 1–9 who is right · 0 none of them · Enter decides
identity-changed = This cannot be decided: something has changed in the meantime.
identity-failed = The articles could not be compared.
job-identities = comparing who is who
identity-not-said = not said
identity-detail = { $mentions ->
    [one] { $mentions } mention
   *[other] { $mentions } mentions
    } in { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}
identity-none-of-them = 0  none of them
identity-look = Shows it in its article
identity-about = It is about:
job-reviewers = looking for annotators
hint-editing = the gold set: every key of Annotate works · Enter right as it stands · Esc back without deciding
hint-picked = Enter decides · r why · g gap in the guideline · another digit changes it · Tab next case
hint-case = 1–9 who is right · 0 none: edit · Del take out · Tab next case · n next article · m merge · F1 keys
hint-no-case = n next article with open cases · e edit the gold set · m merge what is agreed · F1 keys

## Comments

comments-open = Comments: { $open } open
comments-resolved-too = resolved ones, too (f)
comments-here = only this article (h)
comments-none = No comment is open. Ctrl+M in the text comments on what is selected.
comments-keys = ↑ ↓ pick · Enter goes there · a answers · r resolves, reopens · e rewords, Del deletes what you said
thread-resolved = resolved
thread-open = open
thread-answers = { $count ->
    [one] { $state } · { $count } answer
   *[other] { $state } · { $count } answers
}
thread-on = { $state } · on { $subject } · { $article } { $title }
comment-of = Comment of { $words }
comment-on-annotation = Comment on the annotation:
comment-on-article = Comment on the article:
comment-on-words = Comment on “{ $words }”:
comment-for = For:
comment-for-all = Nobody is ticked: it is for everybody who may read it.
comment-for-each = Each gets a comment of their own, and answers apart.
comment-gone = This comment is not there any more.
comment-answer = Answer “{ $words }”:
comment-yours = Your comment:
said-resolved = resolved it
said-text-resolved = { $text } (resolved)
said-reopened = opened it again
said-text-reopened = { $text } (open again)
subject-words-annotation = “{ $words }”, annotation of { $whose }
subject-annotation = an annotation of { $whose }
subject-comment = a deleted comment of { $whose }
subject-article = the article
subject-for = { $subject }, for { $names }
comment-reworded = (reworded)
thread-answer = Answer
thread-reopen = Reopen
thread-resolve = Resolve
thread-reword = Reword mine
thread-delete = Delete mine
thread-delete-hint = Your last comment here
comments = Comments
comment-new = Comment…

## Dashboard

figures-written = Written to { $path }.
figures-unwritable = { $path } cannot be written: { $why }.
figures-job = writing
figures-no-picture = The picture could not be made: { $why }.
figures-broken = The file could not be written.
dashboard-hint = 1–9 choose a section · ↑ ↓ choose a figure · Enter its cases · Tab everything else · F5 measure again
dashboard-measuring-job = measuring
dashboard-measuring = The articles are being measured…
dashboard-two = Figures need two annotators who have begun the same article.
scored-with-gold = { $name } scored with { $gold } as gold
and-two = { $one } and { $other }
column-figure = figure
column-value = value
column-interval = 0 · interval · 1
column-items = items
cases = cases
cases-behind = Show the cases behind { $figure }
matrix-cell = { $figure } of { $one } and { $other }, over { $count } articles. Click: their cases.
undefined = Undefined: { $why }.
confusion-help = Aligned annotations: rows as { $rows } labels them, columns as { $columns } does. The shade is the share of the row. Click a number: its cases.
confusion-nothing = (nothing)
confusion-cell = { $one } for { $rows }, { $other } for { $columns }: { $count } times
first-of-two = the first of each pair
second-of-two = the second
boundaries-same = Aligned annotations have the same extents.
boundary-start = Start
boundary-end = End
boundary-title = { $edge }: characters by which { $second } differs from { $first }
boundary-bar = { $offset } characters: { $count } times
boundary-cases = Show the cases where extents differ
edges-by = by { $name }
edges-words = words taken in
edges-where = where
edges-at-start = at the start
edges-at-end = at the end
progress-total = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
    }, { $differences ->
    [one] { $differences } difference waits
   *[other] { $differences } differences wait
    } for a decision.
progress-counts = { $done } done, { $begun } in progress, { $new } new, { $none } not begun
article = article
column-open-cases = open cases
cell-none = none
reliability-source = The share of annotations on which each annotator is probably right, estimated from how everybody labels the same annotations (Dawid and Skene 1979).
reliability-items = Rests on { $count } annotations.
reliability-two = With two annotators there is no majority: the figure shows that they differ, but hardly who is right.
reliability-unsettled = ! The estimate did not settle.
reliability-probable = To get what is probably true as a set: jejak probable PROJECT --as NAME
section-overview = All figures
section-labels = Label by label
section-matrix = Annotator by annotator
section-confusion = Label taken for label
section-boundaries = Boundaries that differ
section-progress = Articles and progress
section-reliability = Reliability
section-time = Over time
dashboard-gaps = { $gaps ->
    [one] One gap of the guideline
   *[other] { $gaps } gaps of the guideline
  }, named by { $decisions ->
    [one] one decision
   *[other] { $decisions } decisions
  }.
dashboard-gaps-list = Show them
column-agreement = agreement
column-day = Day
column-annotations = Annotations
column-an-hour = An hour
column-done = Articles done
sort-by = Order by { $column }; again for the other way round
article-first-difference = { $title }. Click: its first difference.
time-nothing = Nobody has marked anything by hand yet.
time-help = Days in UTC, from the times of annotations that people made. An hour of work leaves out pauses of more than five minutes.
time-done = Articles done, summed up
time-speed = Annotations in an hour of work
time-agreement = Agreement on the articles last worked on that day: { $figure }
time-no-value = There is no value on any day.
time-more = and { $count } earlier rows, in the CSV
dashboard = Dashboard
gamma = γ and γ_cat
gamma-hint = up to { $seconds } seconds more; articles left out are counted
chance = Chance level of frames
zones-count = Text in zones counts
zones-count-hint = Without the tick it is left out of all figures but those of zones, with the mentions, trips and claims that stand in it alone.
zones-left-out = Text in zones does not count.
figures-stale = ! Annotations have changed since.
measure-again = Measure again (F5)
unread-more = ! and { $count } more
who-is-compared = Who is compared
compared-each-other = Annotators with each other
compared-gold = { $name } with gold
compared-no-gold = There is no gold set yet to score against.
of-these = Of these
all-of-them = all of them
cases-behind-it = Show the cases behind it
choose-figure = Choose a figure to see what it means.
save-shown = Save what is shown
save-csv = CSV…
save-picture = Picture (PNG)…
interval = 95 % interval { $low } to { $high }, over { $articles } articles
all-figures = Finer figures, too
all-figures-hint = Also those that say more of what others say: AC1, positive and negative agreement
over-pairs = Pairs
over = { $what }: mean { $mean }, SD { $deviation } ({ $count })
competence = competence { $share } (MACE)
biases = Labels used more or less than by the others
biases-help = In the articles that the others have begun, too.
column-annotator = Annotator
column-label = Label
column-own = Own
column-others = Others, on average
taken = Labels given where another is probably true
taken-help = By Dawid and Skene (1979), from 5 % on.
taken-for = { $given } where { $truth } is probably true
interval-drawings = { $count } random draws of articles, always the same; wider where articles are few
interval-jackknife = By leaving out one article after another
no-interval = No interval: { $why }.
precision-recall = Precision { $precision }, recall { $recall }
rests-on = Rests on { $count } { $items } in { $articles ->
    [one] { $articles } article.
   *[other] { $articles } articles.
}
left-out-articles = { $count ->
    [one] { $count } article is left out: too few have begun it.
   *[other] { $count } articles are left out: too few have begun them.
}
scored-articles = Gold in { $gold } articles, predicted in { $predicted }, scored { $scored }.
figure-source = Source: { $source }

## Import, export, copies

copy-no-project = No project is open that could be copied.
copy-saving = Saving a copy…
unit-files = files
unit-articles = articles
unit-journals = journals
copy-unopened = The copy in { $path } is complete but cannot be opened. You go on working in the project itself.
copy-done = { $count ->
    [one] { $count } article with its annotations was copied to { $path }. The copy is open now, and undo begins anew in it.
   *[other] { $count } articles with their annotations were copied to { $path }. The copy is open now, and undo begins anew in it.
}
copy-not-in-it = Not in the copy:
copy-cancelled = Cancelled. The folder { $path } does not hold a whole project and can be deleted. You go on working in the project itself.
copy-none = No copy was made. You go on working in the project itself.
copy-text-missing = article { $article }: its text could not be read
elsewhere-read-only = The project is open for reading only: nothing can be brought in.
elsewhere-bringing = Bringing in edits from elsewhere…
elsewhere-none = No edits from elsewhere wait here.
elsewhere-done = { $count ->
    [one] { $count } edit from elsewhere brought in. Ctrl+Z takes it back.
   *[other] { $count } edits from elsewhere brought in. Ctrl+Z takes them back.
}
elsewhere-failed = The edits from elsewhere stay where they are.
adding-articles = Adding articles…
add-note = note { $source }: { $note }
importing = Importing…
imported = Imported: { $articles ->
    [one] { $articles } new article
   *[other] { $articles } new articles
    }, { $known } known; { $annotations ->
    [one] { $annotations } new annotation
   *[other] { $annotations } new annotations
    }, { $same } known. Ctrl+Z takes it all back.
imported-comments = Imported: { $articles ->
    [one] { $articles } new article
   *[other] { $articles } new articles
    }, { $known } known; { $annotations ->
    [one] { $annotations } new annotation
   *[other] { $annotations } new annotations
    }, { $same } known; { $comments ->
    [one] { $comments } new comment
   *[other] { $comments } new comments
    }. Ctrl+Z takes it all back.
add-read-only = The project is open for reading only: nothing can be added.
add-cancelled = Cancelled: nothing was added.
add-nothing = Nothing was added.
add-failed = failed { $source }: { $why }
add-alike = { $id } is { $share } % like { $other }
add-skipped = skipped { $source }: same text as { $article }
add-done = { $added ->
    [one] { $added } article
   *[other] { $added } articles
    } added, { $skipped } skipped, { $failed } failed.
import-title = Import annotations
import-paths = Files and folders, one per line
format = Format
import-kind = The sets are
import-kind-said = as the files say; otherwise a person's
import-kind-person = a person's work
import-replace = in place of its old predictions, in the articles of the files
import-kind-model = predictions of a model
import-columns = Columns
import-columns-hint = The columns of files in columns where they are not what is recognised: word, tag (or any name, again and again), sentence, coref, misc
import-per = Sentences an article
import-per-hint = The sentences of files in columns that make an article where no line says where one begins; blank-lines where two empty lines do. Empty: a file is an article
import-several = Where a file holds the sets of several annotators, each keeps its own name.
import-read-act = Read (Ctrl+Enter)
import-reading = reading… { $count } articles
import-job = reading
import-broken = The files could not be read: the reading broke off.
import-none = There is no article of the format { $format } in these files.
import-read = Read: { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
    } with { $annotations ->
    [one] { $annotations } annotation
   *[other] { $annotations } annotations
    }.
import-recognise = as the files look
import-sets = The sets of the files, and their names in this project:
import-nobody = (no name in the files)
import-add-to = add to the work of { $name }: { $annotations ->
    [one] { $annotations } annotation
   *[other] { $annotations } annotations
    } in { $articles ->
    [one] { $articles } of these articles
   *[other] { $articles } of these articles
    }
import-add-to-gold = add to the adjudicated set, although people have worked on { $articles ->
    [one] { $articles } of these articles
   *[other] { $articles } of these articles
    }
import-names = What the names of the files mean in this project:
import-new = add to the schema
import-as-it-is = keep as it is
import-leave-out = leave out
import-proposed = proposed
import-example = { $label }: “{ $words }” ({ $article })
import-placed = Some of the annotations:
import-unplaced = Annotations whose words are not where the files say, kept without a place: { $count }
import-problems = Parts that could not be read as they stand: { $count }
import-act = Import (Ctrl+Enter)
import-back = Back
export-broke = It broke off.
export-title = Export a data set
export-looking = looking at { $done } of { $total } articles…
export-first = The first article, as it is written
export-to = To
export-folder-or-file = A new folder, with a card and checksums; or a file ending in .{ $extension }.
export-folder = A new folder; a card and checksums come with it.
export-written = { $count ->
    [one] ✔ { $count } file, { $size }, written.
   *[other] ✔ { $count } files, { $size }, written.
}
export-open-folder = Open folder
export-act = Export (Ctrl+Enter)
export-job = exporting
export-broke-off = The export broke off; nothing was written.
export-cancelled = Cancelled: nothing was written.
export-first-job = looking at the first article
export-all-job = looking at all articles
export-totals = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
    }, { $annotations ->
    [one] { $annotations } annotation
   *[other] { $annotations } annotations
}
export-problems = { $count ->
    [one] { $count } problem
   *[other] { $count } problems
    } in the files of the project; the first: { $first }
export-unfinished = { $gold } is not finished: { $records } of { $of } records, { $cases ->
    [one] { $cases } case
   *[other] { $cases } cases
} open.
export-decided-only = Only articles that are decided in gold are wanted. “all” takes those, too, in which cases are open.
export-carries-all = ✔ This format carries everything that was chosen.
export-loses = This format cannot carry:
export-allow = Export without that
size-bytes = { $count } bytes
size-kilobytes = { $count } kB
size-megabytes = { $count } MB
stage-begun = those begun
stage-done = those done
stage-decided = those decided in gold
zones-mark = marked as annotations
zones-keep = text like any other
zones-drop = left out, with the annotations in them
form-files = Files
tables-parquet = Parquet
tables-both = Parquet and JSON Lines
nested-outermost = the outermost
nested-innermost = the innermost
nested-columns = a column for each label
form-choose-set = Choose an annotation set to write.
form-choose-label = Choose at least one label.
form-set = Set
form-title-contains = title contains
form-zones = Zones
form-licence = Licence
form-licence-hint = such as CC-BY-4.0, for the card
form-specification = Specification
form-nobody = nobody has marked anything yet
form-on-of = { $on } of { $count }
form-all = All
form-none = None
form-split = Split
form-split-hint = none; 80/10/10
form-seed = seed{" "}
form-seed-hint = another seed deals out the articles differently
form-together = Keep together
form-same-trip = same trip
form-same-trip-hint = articles about one trip, claim or other event
form-near-copies = near-copies
form-same-publisher = same publisher
form-offsets = Offsets count
unit-code-points = code points
unit-utf16 = UTF-16 units
unit-bytes = bytes
form-tags = Tags
form-columns-2 = 2 columns
form-columns-3 = 3 columns
form-columns-4 = 4 columns
form-overlapping = Of overlapping ones

## The window as a whole: status line, palette, dialogs, what it says

open-later = { $work } Another project can be opened once that is done or cancelled.
opening = opening { $path }
visitor-reads = You are reading. Your name is asked once you mark something.
visitor-no-name = no name yet
visitor-name-first = Say who you are first: a click on “no name yet” below.
font-lacking = No font on this computer has the letters of { $script }: they are shown as boxes. { $font } has them (package { $package } on Debian and Ubuntu).
command-guidelines = Guidelines
guidelines-title = Guidelines of annotation
guidelines-general = All labels
guidelines-find = Find in the guidelines
guidelines-none = No page has these words.
guidelines-key = Key: { $key }
guidelines-of = Guideline of this label
opened-read-only = This project is open for reading only: nothing can be changed.
opened-problems = { $count ->
    [one] The project has { $count } problem: Ctrl+P shows it.
   *[other] The project has { $count } problems: Ctrl+P lists them.
}
not-opened = { $path } could not be opened.
no-project = No project is open
no-project-open = Open project… (Ctrl+O)
no-project-new = New project… (Ctrl+N)
say-dashboard-first = Open the dashboard first (F5).
say-import-read-only = The project is open for reading only: nothing can be imported.
say-no-others = Annotators of this project work blind, or you are the only one.
say-last-article = This is the last article.
say-first-article = This is the first article.
say-arm-fillers = Choose a role that has fillers first.
say-card-first = Open a card first: the list fills its active role.
say-value-first = Choose a role that takes a value first, or select a date.
say-annotation-first = Select an annotation first: click it, or go to it with Tab.
say-words-first = Select some words first: drag over them, or Shift+→.
say-date-taken = “{ $words }” is { $date }.
say-date-proposed = “{ $words }”: { $date }? Enter takes it, = another
say-known = “{ $words }” is { $name }; 0 takes that off.
say-known-proposed = “{ $words }” is { $name }? Enter takes it, @ another
say-new-proposed = “{ $words }” is not known yet: Enter for a new one, @ for a known one
say-new = “{ $words }” is a new { $label }.
say-nobody = “{ $words }” is nobody in particular now.
say-nobody-already = Nothing that is selected is known as anybody.
say-no-dateline = No line of this article says when it appeared.
say-published = Published { $date }, as “{ $words }” says.
say-all-set = Every attribute has its value.
say-no-such-value = { $title } has { $count } values.
say-value-set = { $title }: { $value }
say-same-label = These words have that label already.
say-shown-first = { $step }: { $what }? It was out of view; the same key again does it.
named-and-more = { $what } and { $count } more
say-no-words = This annotation has no words.
say-fragment-first = Select an annotation, then drag words with Ctrl held, or select them with Shift and press this key.
say-leaves-nothing = That would leave no words: Del deletes the annotation.
say-selected = { $count ->
    [one] { $count } annotation labelled “{ $label }” is selected.
   *[other] { $count } annotations labelled “{ $label }” are selected.
}
say-takes-no-words = “{ $role }” takes no words of the text: Space lists what it takes, = types a value.
say-which-label = What are these words? { $role } takes { $labels }: press its key, or choose on the card.
say-label-fills-not = { $label } does not fill { $role }, which takes: { $takes }.
say-fits-not = “{ $words }” ({ $label }) does not fill { $role }, which takes: { $takes }.
say-filled = { $role }: { $label } “{ $words }”
say-filled-words = { $role }: the words “{ $words }”
say-filler-replaced = { $role }: “{ $after }” instead of “{ $before }”
say-relabelled = { $label } “{ $words }”, { $before } until now
say-relabelled-all = { $count ->
    [one] { $count } annotation has the label { $label } now.
   *[other] { $count } annotations have the label { $label } now.
}
say-attributes-lost = { $said } · { $count ->
    [one] { $count } attribute went with the old label
   *[other] { $count } attributes went with the old label
}
say-relabel-no-words = { $what } has no words and cannot become { $label }.
say-deleted = deleted: { $what }
say-deleted-filler = deleted: { $what }, which filled { $roles }
say-deleted-all = { $count ->
    [one] deleted: { $count } annotation
   *[other] deleted: { $count } annotations
}
role-in-card = { $role } in { $card }
annotation-named = { $label } “{ $words }”
relabel-title = { $before } “{ $words }” as { $after }?
relabel-loses = { $count ->
    [one] { $count } role is filled, and { $label } does not have it: its filler goes with the old label.
   *[other] { $count } roles are filled, and { $label } does not have them: their fillers go with the old label.
}
relabel-yes = Relabel (Enter)
way-title = { $role }: what is “{ $words }”?
way-words = the bare words
way-there = stands there already
say-progress-new = This article is new again.
say-progress-begun = This article is in progress.
say-progress-done = This article is done.
done-title = { $count ->
    [one] { $count } annotation lacks required parts. Done all the same?
   *[other] { $count } annotations lack required parts. Done all the same?
}
done-yes = Done all the same (Enter)
undo-older-title = Undo a step from before the project was opened?
undo-older-in = “{ $step }” by { $by }, { $at }, in “{ $article }”
undo-older-step = “{ $step }” by { $by }, { $at }
undo-older-yes = Undo it (Enter)
palette-title = Do what?
candidates-title = { $role } · { $label } “{ $card }”
flag-yes = yes
not-set = not set
attribute-now = { $title } (now: { $value })
refer-not = not the same as { $name }
refer-new = a new one by this name
refer-unknown = unknown
refer-title = Who or what is “{ $words }”?
unfinished-title = Your own work in this article is not done
unfinished-message = Annotators of this project work blind, and Review and Dashboard show the work of the others. Go on if you adjudicate. If you annotate, first mark the article as done (Ctrl+D).
unfinished-yes = Show it
beside-nobody = nobody
beside-title = Which set, beside your own?
note-title = Note:
name-title = Who is labelling? Your annotations are kept under this name:
name-folder = Files: sets/{ $folder }
label-article-as = Label the article as { $label }
label-as = Label as { $label }
locked-title = This project is open elsewhere
locked-read = Open for reading only
bulk-done = { $count ->
    [one] { $step }: { $count } place. Ctrl+Z takes it back.
   *[other] { $step }: { $count } places. Ctrl+Z takes them all back at once.
}
bulk-zones = { $done } · { $count ->
    [one] { $count } place in zones left out
   *[other] { $count } places in zones left out
}
problems-title = Problems: { $count }
problems-none = The files are in order, and so is the open article.
saved-again = Everything is saved again.
saved-all = All files are written.
saved-in-journal = The journal has all of your work; the files follow: { $why }.
closing-saving = Saving…
not-saved = Not saved: { $why }.
close-later = { $work } The window can be closed once that is done or cancelled.
leaving-title = Leave unsaved work?
leaving-why = ! Not saved: { $why }
leaving-journal = The journal of the project holds all of it. The files get what they lack when the project is opened again.
leaving-window = The unsaved work is in this window alone. It is saved by itself as soon as the disk can be written; a copy of the whole project in another place keeps it, too.
leaving-trying = Trying again…
leaving-still-writing = the files are still being written
leaving-tried = { $count ->
    [one] Tried again once: still not saved.
   *[other] Tried again { $count } times: still not saved.
}
leaving-to-journal = Leave it to the journal (Ctrl+Q)
leaving-without = Leave without it (Ctrl+Q)
leaving-again = Try again (Ctrl+S)
leaving-copy = Save a copy… (Ctrl+Shift+S)
leaving-stay = Stay (Esc)
state-saved = ● saved
state-files-follow = ● saved, files follow
state-files-follow-why = Your work is saved in the journal. { $why }; it is tried again by itself.
state-saving = saving…
state-not-saved = ! not saved: { $why }
state-unreadable = ! cannot be read
state-gone = ! a file is gone
state-read-only = read only
state-not-saved-why = { $why }. Saving is tried again every few seconds, and by Ctrl+S.
state-unreadable-why = Your work is saved. One of your files cannot be read, and is left as it is until it is repaired: { $why }
state-gone-why = { $file } held work and is gone; the window still has that work. “Files that are gone…” asks what is to be done; closing writes the file again.
annotator-hint = The annotator: click to change
sets-open = open
sets-open-hint = Annotators see each other's sets and comments.
sets-blind = blind
sets-blind-hint = Annotators work blind: they see their own annotations, and comments about these or by themselves.
hint-no-project = Ctrl+O opens a project, Ctrl+N makes one, F1 shows the keys
hint-overlay = Esc leaves
hint-no-article = Click an article on the left, or Ctrl+PageDown
hint-armed = { $role }: select words or click an annotation · Space list · = value · Tab next role · Shift+letter other role · Esc lets go
hint-armed-words = { $role }: { $labels } · Enter fills · Esc select nothing
hint-card = Shift+letter chooses a role, and fills it where you point · Alt+1 to Alt+9 next attribute · 1–6 attributes · Esc closes the card
hint-selection = { $labels } · Ctrl+drag adds a piece · Esc select nothing
hint-annotation = letter relabels · Del deletes · drag an edge or [ ] · Ctrl+drag adds a piece · Ctrl+click, Shift+click select more · Shift+R label all equal · 1–6 attributes · Tab next
hint-selection-grown = whole words · Alt+drag takes exact letters · { $labels }
hint-selected = letter relabels all · Del deletes all · 1–6 attributes of all · Ctrl+click takes one in or out · Ctrl+A all of this label · Esc lets go
say-selected-to = { $count ->
    [one] One annotation is selected.
   *[other] { $count } annotations are selected.
}
hint-idle = drag or Shift+→ selects · { $labels } · Tab next · F1 keys
welcome-title = Welcome to Jejak. Three things to try:
welcome-1 = 1. Drag over a name in the text below (or double-click a word) and press p: it is labelled as a person now.
welcome-2 = 2. Double-click a word that tells of a journey and press t: a trip opens on the right. Select who travels, then where to; each selection fills the active role.
welcome-3 = 3. Press Ctrl+K for every command, F1 for every key, Ctrl+Z to undo anything.
welcome-done = Got it
welcome-own = Start a project of your own…
keys-title = Keys
keys-roles = Roles, while a card of “{ $label }” is open
gone-problem = { $count ->
    [one] the file is gone, and its { $count } record is still shown
   *[other] the file is gone, and its { $count } records are still shown
}
gone-none = No file that held work is gone.
gone-back = The files are there again.
gone-later = Everything stays shown; Ctrl+P lists the files that are gone.
gone-written = { $count ->
    [one] The file is written again.
   *[other] { $count } files are written again.
}
gone-taken-out = { $count ->
    [one] { $count } record taken out.
   *[other] { $count } records taken out.
}
gone-title = { $count ->
    [one] A file that held work is gone
   *[other] { $count } files that held work are gone
}
gone-file = { $count ->
    [one] { $file } ({ $count } record)
   *[other] { $file } ({ $count } records)
}
gone-why = Another program may have deleted or moved them. Their records are still in the window.
gone-take-out-hint = Records that are taken out are shown no more, and that cannot be undone.
gone-list = { $file } names all articles of the project: it can only be written again.
gone-write-act = Write them again (Enter)
gone-take-out-act = Take their records out (Ctrl+Del)
gone-later-act = Later (Esc)
under-way-no-project = Open or make a project first.
under-way-later = { $work } The next can be begun once that is done or cancelled.
under-way-at = { $done } of { $total } { $things }
job-letting-go = Letting go of the project…
cancel = Cancel
language-title = Which language?
language-system = As the system

## The project as a whole

menu-recent = Open recent
command-rename-project = Rename the project…
rename-project-title = Title of the project
rename-done = The project is called { $title } now.
rename-empty = A project has a title: type one.
rename-read-only = The project is open for reading only: its title stays.
new-project-folder = Folder
new-project-made = This folder is made.
new-project-there = There is a project in this folder already.
new-project-no-files = No articles lie in this folder.
new-project-files = { $count ->
    [one] Add the { $count } file with articles that lies there
   *[other] Add the { $count } files with articles that lie there
}
new-project-schema = To be marked
new-project-trips = Trips and claims, with the entities in them
new-project-entities = Entities only: people, organizations, places, dates …
new-project-open = Open: each import adds the labels of its files
new-project-empty = Nothing yet: labels are made in the view Schema
new-project-schema-file = From a file:
new-project-articles = Articles to begin with: a path a line, or drop files here
new-project-make = Make the project (Ctrl+Enter)
job-looking = looking into the folder
list-by-project = project order
list-by-title = title
list-by-date = date
list-by-source = source
list-by-state = state
list-by-marks = marks
list-by-agreement-hint = The dashboard measures it first.
list-by-backwards = the other way round
list-by-grouped = in groups
list-by-no-source = no source
articles-by = by
articles-progress = { $done } of { $total } done
article-open = Open
command-remove-article = Remove the article…
remove-article-title = Remove “{ $title }”?
remove-article-message = The article goes, with what everybody marked, decided and said in it, as one step that can be undone. Until the trash is emptied it can be brought back (Project, Removed articles).
remove-article-yes = Remove (Enter)
removing-article = removing the article
removed-article = { $id } is removed: annotations { $annotations }, comments { $comments }. Ctrl+Z brings it back.
removed-before = { $id } is not in the project any more.
remove-nothing = Nothing was removed.
remove-read-only = The project is open for reading only: nothing can be removed.
step-remove-article = remove an article
remove-set-unread = The set of { $maker } in { $article } cannot be read, so the article stays
command-trash = Removed articles…
trash-title = Removed articles
trash-reading = looking into the trash
trash-none = The trash is empty.
trash-about = What was marked and said in them comes back with them. Enter brings the chosen one back.
trash-detail = { $id } · removed by { $by }, { $at } · annotations { $annotations }, comments { $comments } · { $size }
trash-bring-back = Bring back (Enter)
trash-empty = Empty the trash… ({ $size })
trash-empty-title =
    { $count ->
        [one] Delete the article in the trash for good?
       *[other] Delete the { $count } articles in the trash for good?
    }
trash-empty-message = { $size } of texts and work are deleted and do not come back. Steps from before their removal can no longer be undone.
trash-empty-yes = Delete for good (Enter)
trash-bringing-back = bringing the article back
trash-brought-back = { $id } is in the project again, with everything that was marked and said in it.
trash-not-there = It is not in the trash any more, or its text is in the project already.
trash-nothing = Nothing was brought back.
trash-emptying = emptying the trash
trash-emptied =
    { $count ->
        [one] One article is deleted for good, { $size }.
       *[other] { $count } articles are deleted for good, { $size }.
    }
trash-not-emptied = The trash could not be emptied.
trash-read-only = The project is open for reading only: the trash stays as it is.
trash-no-removal = it holds no removal of an article
trash-unread = { $file } holds something that this version does not know
step-bring-back = bring an article back
command-copy = Copy
command-copy-place = Copy with the place
copy-nothing = Nothing is selected to be copied.
copied = “{ $words }” is copied.
command-preferences = Preferences…
command-keymap = Change the keys…
command-about = About Jejak
menu-caret = Caret
menu-selection = Select with the caret
menu-values = Values of the attribute
menu-readings = Readings
menu-error-kinds = Kinds of errors
about-what = Reads news articles with you: who and what is in them, who travelled where, and who says so.
about-licence = Free software, under { $licence }.
about-fonts = With the Noto fonts, under the SIL Open Font License.
preferences-title = Preferences
preferences-theme = Look
preferences-light = light
preferences-dark = dark
preferences-zoom = Size
preferences-text-size = Letters and lines of articles
preferences-text = In the article
preferences-keys-usual = As usual: change them…
preferences-keys-own = { $count ->
    [one] { $count } command has another key: change them…
   *[other] { $count } commands have other keys: change them…
}
keymap-title = Keys of commands
keymap-hint = Click a key, then press another one. Labels and roles get theirs in the view Schema.
keymap-press = press a key, or Esc
keymap-usual = As usual
keymap-all-usual = All as usual
keymap-clash = { $key } gives “{ $other }”.
keymap-swap = Swap the two
keymap-keep = Leave it
keymap-of-schema = { $key } is the key of a label or a role.

## Reports of panics, and failures that came too late to be shown

reports-looking = looking for reports
reports-changing = changing reports
reports-last-time = Last time, as the window was closed: { $why }
reports-offered = Jejak broke off before. What was saved is not touched by it. A report, without any text of articles, is there to look at.
reports-none = There is no report of a failure.
reports-title = Reports of failures
reports-about = Where the program broke off, and after which commands. No text of an article and no words of an annotation are in a report. It stays on this machine unless you give it to those who maintain Jejak, who can mend the failure with it.
reports-folder = Open the folder
reports-deleted = The reports are deleted.
reports-not-changed = The reports could not be changed: { $why }.

## Steps that can be undone

step-add-articles = add articles
step-answer-comment = answer a comment
step-change-referent = change a referent
step-change-span = change the span
step-changed-elsewhere = changed by another program
step-comment = comment
step-decide-identity = decide who or what it is
step-delete = delete
step-delete-comment = delete a comment
step-describe = describe the article
step-empty-role = empty a role
step-fill = fill
step-merge = merge what is agreed
step-recovered = recovered
step-reopen-comment = reopen a comment
step-reorder-role = reorder a role
step-resolve-comment = resolve a comment
step-reword-comment = reword a comment
step-refer = say who or what it is
step-state = set the state
step-take-over = take over to edit
step-note = write a note
step-delete-all = delete all
step-label-all = label all
step-delete-annotations = delete { $count } annotations
step-import = import { $count } articles
step-label = label as { $label }
step-relabel = relabel as { $label }
step-judge = judge two referents
step-settle-conflict = settle a conflict
step-dismiss = dismiss
step-join = join two referents
step-split = split a referent
step-undismiss = take back a dismissal
step-unjudge = take back a judgement
step-label-all-words = label all { $words }
step-delete-all-words = delete all { $words }
step-decide-as = decide as { $name }
step-set = set { $name }
step-fill-role = fill { $role }
step-decide = decide { $kind }

## The article, for screen readers

reader-article = Article
reader-scroll = Scroll the article

## Searching, registering and comparing over all articles
corpus-concordance = Concordance
concordance-job = Looking for places
consistency-job = Comparing all articles
concordance-line = What is looked for
concordance-hint = words, /a pattern/, label:place, is:unlabelled
concordance-case = Case
concordance-words = Whole words
concordance-places = { $count ->
    [one] 1 place
   *[other] { $count } places
}
concordance-in = { $articles ->
    [one] in 1 article
   *[other] in { $articles } articles
}; { $locked } locked, { $discarded } discarded
concordance-sorted = Sorted by
order-left = words left
order-right = words right
concordance-empty = Write what is looked for: words, /a pattern/, label:place, referent:"a name".
concordance-none = No article has such a place.
concordance-no-label = no label
concordance-is-locked = finished
concordance-is-discarded = discarded
concordance-ticked = { $count } ticked
concordance-label = Label as { $label }
concordance-label-is = { $label }, is { $name }
concordance-letters = another label: its letter
concordance-labelling = Changing places in all articles
concordance-nothing-chosen = No place is ticked or looked at.
concordance-nothing-offered = None of the places has a label yet: press the letter of one.
concordance-labelled = { $count ->
    [0] Nothing to label: the places have that label.
    [one] 1 place labelled as { $label }.
   *[other] { $count } places in { $articles } articles labelled as { $label }.
}
concordance-unlabelled = { $count ->
    [0] The places have no label.
    [one] 1 label taken off.
   *[other] { $count } labels in { $articles } articles taken off.
}
concordance-discarded = { $count ->
    [one] 1 place discarded.
   *[other] { $count } places discarded.
}
concordance-restored = { $count ->
    [one] 1 place is a hit again.
   *[other] { $count } places are hits again.
}
concordance-locked = { $count ->
    [one] 1 place is in a finished article and stays as it is.
   *[other] { $count } places are in finished articles and stay as they are.
}
corpus-unchanged = Nothing was changed.
consistency = Consistency
consistency-counts = { $open } open, { $right } said to be right
consistency-none = Nothing that is not consistent.
consistency-without = { $count } without a label
consistency-example = { $article }: { $words }
consistency-remembered = What is said to be right is remembered and not listed again.
consistency-no-mend = There is no one way to mend this: look at the words.
consistency-value-set = The value is { $value } now.
consistency-is-right = It is right, and not listed again.
command-concordance-search = Go to what is looked for
command-concordance-tick = Tick the place
command-concordance-tick-up = Tick up to the place above
command-concordance-tick-down = Tick down to the place below
command-concordance-all = Tick all places, or none
command-concordance-unlabel = Take labels off
command-concordance-discard = Discard for good, or not any more
command-concordance-sort = Next order of places
command-concordance-case = Let case count
command-concordance-words = Find whole words alone
command-concordance-side = To consistency and back
command-concordance-mend = Mend it
command-concordance-right = This is right
command-concordance-show = Show the places
hint-corpus-concordance = / look for · Space tick · Ctrl+A all · letter labels · Del takes off · x discards · s order · F6 consistency · Enter opens
corpus-register = Register
corpus-map = Map
register-suspects = May be one
register-suspects-hint = names that are judged once are not asked again
register-count = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
register-alias = names of one place: { $place }, GeoNames { $id }
register-fingerprint = the same words but for order, case or marks
register-within = all words of one stand in the other
register-within-titles = the same but for { $titles }
register-spelling = { $count ->
    [one] 1 other letter
   *[other] { $count } other letters
}
register-entry = { $name }: { $mentions ->
    [one] 1 mention
   *[other] { $mentions } mentions
} in { $articles ->
    [one] 1 article
   *[other] { $articles } articles
}
register-mentions = { $mentions } in { $articles ->
    [one] 1 article
   *[other] { $articles } articles
}
register-days = { $first } to { $last }
register-no-referent = no referent yet
register-ticked = ticked
register-mark-hint = Space marks one, then go to the other
register-mark-first = Go to a pair that may be one, or mark one entry with Space and go to the other.
register-tick-first = Tick the mentions that are of another one: t on the words at the right.
register-not-all = All mentions are ticked: some have to stay.
register-joined = { $one } and { $other } are one now.
register-are-two = { $one } and { $other } are not the same; they are not asked again.
register-are-unsure = { $one } and { $other } are left open; they are not asked again.
register-parted = { $count ->
    [one] 1 mention
   *[other] { $count } mentions
} of { $name } are of another one now.
register-working = Changing the register
register-label-all = every label
register-none = Nobody and nothing is mentioned yet.
command-register-join = They are one
command-register-not-same = Not the same
command-register-unsure = Unsure
command-trips-not-same = Trips are not the same
command-trips-unsure = Unsure about the trips
command-register-mark = Mark the entry
command-register-tick = Tick the mention
command-register-part = Part the ticked mentions
command-register-label = The next label
command-register-next = Next mention
hint-corpus-register = arrows row · m one · n not the same · u unsure · Space marks · t ticks a mention · s parts · k label · Enter opens
map-counts = { $found ->
    [one] 1 place
   *[other] { $found } places
}, { $open } not found yet.
map-source = Places: GeoNames; coastlines: Natural Earth.
map-place = { $name }, GeoNames { $id }
map-open = Not found yet
map-open-hint = Each is resolved once, for all articles.
map-unknown = no such name is known
map-several = { $count ->
    [one] 1 place may be meant
   *[other] { $count } places may be meant
}
map-candidate = { $name }, { $country }, { $people } people
map-choose-first = Choose a name that is not found yet.
map-no-mention = Nothing is annotated under this name: label its words as a place first.
map-resolved = { $name } is GeoNames { $id } now.
map-none = No trip has a place yet.
map-ask-title = Name or number of the place
map-ask-unknown = No place is called "{ $name }".
command-map-fit = Show all places
command-map-closer = Less of the world
command-map-only = Only trips of this place
command-map-only-leg = Only trips with the next leg of this place
command-map-farther = More of the world
hint-corpus-map = arrows place · click or f only its trips · + - zoom · drag moves · Home all · Enter opens · F1 all keys
corpus-of-others = These are the sets of { $name }: they are only looked at.
find-nothing = nothing is looked for: write words, /a pattern/, label:place or referent:"a name"
find-pattern = this is not a pattern: { $why }
find-label = the schema has no label { $name }
find-referent = no referent is called { $name }
find-state = is:{ $word } is not known: write is:labelled or is:unlabelled
join-gone = the referent { $id } is not there
join-denied = { $one } and { $other } cannot be joined: judgement { $judgement } says "{ $says }"
rule-labels-differ = Equal words, other labels
rule-unlabelled = Labelled here, not there
rule-referent-labels = One referent, two labels
rule-value = Value and phrase apart
rule-two-places = Two places on one day
rule-claimant = One claimant, both ways

## Problems of annotations, comments and judgements

check-of = { $record }: { $what }
check-unknown-label = the schema has no label "{ $label }"
check-unknown-attribute = the label { $label } has no attribute "{ $name }"
check-unknown-role = the label { $label } has no role "{ $name }"
check-unknown-value = "{ $value }" is none of the values of { $name }
check-unknown-flag = { $name } is "{ $value }", and can only be "{ $set }" or absent
check-not-a-date = { $name } is "{ $value }", which is not a date
check-too-many-fillers = { $role } has { $count } fillers and takes { $most }
check-too-few-fillers = { $role } has { $count } of { $least } fillers
check-missing = { $name } is missing
check-takes-no-label = { $role } takes no { $label }
check-takes-no-words = { $role } takes no bare words
check-takes-no-date = { $role } takes no date without words
check-takes-no-text = { $role } takes no free text
check-own-filler = it fills its own role { $role }
check-dangling-role = { $role } points to { $id }, which is not there
check-dangling-referent = it is about referent { $id }, which is not there
check-referent-label = it is about "{ $name }", whose label is { $label }
check-blank-end = "{ $words }" begins or ends in a blank
check-no-span = it marks no text
check-empty-frame = it has neither words nor fillers
check-span-on-document = it is about the whole article but marks a part of it
check-date-order = { $late } { $second } is before { $early } { $first }
check-drifted = "{ $words }", once characters { $start } to { $end }, is not in the text any more
check-duplicate = { $id } is the same
check-role-cycle = its roles lead to { $id }, and from there back to it
check-inconsistent-label = "{ $words }" is { $label } here and { $usual } elsewhere in the article ({ $count } times)
check-done-incomplete = article { $article } is marked as done, but required parts are missing ({ $count })
check-article-date = article { $article } is said to be published "{ $date }", which is not a date
check-comment = comment { $id } of { $annotator } ("{ $words }")
check-dangling-comment = { $comment } answers comment { $id } of { $annotator }, which is not there
check-comment-gone = { $comment } is about annotation { $id } of { $annotator }, which is not there
check-comment-drifted = "{ $words }" of { $comment } has no clear place in the text as it is now
check-comment-article = { $comment } is about article { $article }, which is not there
check-dangling-judgement = judgement { $id } is about the referent { $referent }, which is not there
check-own-judgement = judgement { $id } is about { $referent } and itself
check-judged-twice = judgement { $id } says "{ $says }" of { $one } and { $other }, and judgement { $first } says "{ $said }"
check-contradictory-judgement = { $one } and { $other } are the same by the judgements { $by }, but judgement { $id } says "{ $says }"
verdict-same = the same
verdict-not-same = not the same
verdict-unsure = unsure
verdict-supports = supports
verdict-contradicts = contradicts
verdict-other-time = other time
verdict-unrelated = unrelated

## Figures: titles, meanings, what is counted, why there is none

figure-mentions-strict = mentions strict
figure-mentions-strict-means = F1 of mentions with the same extent and the same label
figure-mentions-exact = mentions exact
figure-mentions-exact-means = F1 of mentions with the same extent, whatever their label
figure-mentions-partial = mentions partial
figure-mentions-partial-means = F1 of mentions where the same extent counts 1 and any overlap ½, whatever their label
figure-mentions-type = mentions type
figure-mentions-type-means = F1 of mentions that overlap and have the same label
figure-words-kappa = words kappa
figure-words-kappa-means = Cohen's κ over words, each labelled by its innermost mention or by none: agreement beyond that of each annotator's own habits
figure-words-fleiss = words fleiss
figure-words-fleiss-means = Fleiss' κ over the words of the articles that everybody has begun; with two annotators it is Scott's π
figure-words-alpha = words alpha
figure-words-alpha-means = Krippendorff's nominal α over words, for any number of annotators, who may have left articles out
figure-unitizing-alpha = unitizing alpha
figure-unitizing-alpha-means = Krippendorff's α_U: do the same stretches of text bear the same labels, by the squared distances of their ends; the mean over articles
figure-gamma = gamma
figure-gamma-means = γ: 1 − disorder of the best alignment of mentions ÷ disorder by chance (30 seeded samples); overlap and nesting allowed; the mean over articles. Where several annotators' marks are too many to search for the best alignment, they are aligned in turns, one annotator against the others, and the possible loss is reported
figure-gamma-cat = gamma cat
figure-gamma-cat-means = γ_cat: agreement on the labels of what γ aligns, whatever the extents; the mean over articles
figure-frames-means = F1 of trips, claims and other frames that are paired by best total likeness of trigger, roles and attributes
figure-role-means = F1 of what fills the role in paired frames: aligned annotations, equal words, equal values
figure-attribute-means = κ of the attribute's values over paired frames, 'not set' being a value: Cohen's for two annotators, Scott's π over pairs of several
figure-identity-muc = identity MUC
figure-identity-muc-means = Within articles: links that join the mentions of one thing
figure-identity-b3 = identity B3
figure-identity-b3-means = Within articles: for each mention, the share of its cluster that is right
figure-identity-ceafe = identity CEAFe
figure-identity-ceafe-means = Within articles: clusters paired one to one by the mentions that they share (φ₄)
figure-identity-lea = identity LEA
figure-identity-lea-means = Within articles: clusters weighted by size, resolved by their links
figure-identity-conll = identity conll
figure-identity-conll-means = Within articles: the mean of the F1 of MUC, B³ and CEAF_e
figure-triggers-found = triggers found
figure-triggers-found-means = F1 of frames whose words are exactly the same
figure-triggers-classified = triggers classified
figure-triggers-classified-means = F1 of frames whose words and label are the same
figure-arguments-found = arguments found
figure-arguments-found-means = F1 of fillers with the same words, in a frame with the same words and label
figure-arguments-classified = arguments classified
figure-arguments-classified-means = F1 of fillers with the same words and role, in a frame with the same words and label
figure-role-fillers = role fillers
figure-role-fillers-means = CEAF-REE: who or what fills which role in the article, by any of its names, in whichever frame
figure-templates = templates
figure-templates-means = CEAF-RME: frames of one label paired so that most role fillers fit, by any of their names
figure-identity-across-muc = identity across MUC
figure-identity-across-muc-means = Across articles: links that join the annotations of one referent
figure-identity-across-b3 = identity across B3
figure-identity-across-b3-means = Across articles: for each annotation, the share of its referent's annotations that is right
figure-identity-across-ceafe = identity across CEAFe
figure-identity-across-ceafe-means = Across articles: referents paired one to one by the annotations that they share (φ₄)
figure-identity-across-lea = identity across LEA
figure-identity-across-lea-means = Across articles: referents weighted by size, resolved by their links
figure-identity-across-conll = identity across conll
figure-identity-across-conll-means = Across articles: the mean of the F1 of MUC, B³ and CEAF_e
items-fillers = fillers
items-links = links
items-clusters = clusters
items-arguments = arguments
items-entities-in-roles = entities in roles
figure-relations = relations
figure-relations-means = Across articles: things that are the same, or of which one supports or contradicts the other or is of another time
figure-relations-same = relations: the same
figure-relations-same-means = Across articles: things that both say are the same, though each has a referent of its own
figure-relations-supports = relations: supports
figure-relations-supports-means = Across articles: claims of which one supports the other, whichever of the two it is
figure-relations-contradicts = relations: contradicts
figure-relations-contradicts-means = Across articles: claims that contradict each other
figure-relations-other-time = relations: other time
figure-relations-other-time-means = Across articles: claims that speak of different times
items-relations = relations of two things
items-annotations-of-referents = annotations of referents
undefined-not-predicted = nothing of this kind was predicted
figure-words-ac1 = words ac1
figure-words-ac1-means = Gwet's AC1 over the words of the articles that everybody has begun: stays high where one label is by far the most frequent and annotators agree
figure-words-positive = words positive
figure-words-positive-means = Positive specific agreement: where one annotator puts the label on a word, the share of the others who do, too
figure-words-negative = words negative
figure-words-negative-means = Negative specific agreement: where one annotator leaves the label off a word, the share of the others who do, too
figure-label-alpha = label alpha
figure-label-alpha-means = Krippendorff's α of one label against all else, over words
figure-role-whole = role end to end
figure-role-whole-means = F1 of what fills the role, in all frames of the label: what a frame that is not found has in it is missing
figure-frames-chance = frames by chance
figure-frames-chance-means = the F1 that frames would have by chance: the mean of 20 seeded shufflings, in each of which the second annotator's triggers, fillers of roles and values of attributes are dealt anew among its frames of the same label in the article
figure-role-chance = role by chance
figure-role-chance-means = the F1 that what fills the role would have end to end by chance: the mean of 20 seeded shufflings of the second annotator's frames within the article
figure-attribute-weighted = attribute weighted
figure-attribute-weighted-means = Weighted κ of an attribute whose values stand in an order, over paired annotations where both set it: the further apart, the worse (by the square of the distance)
figure-zones = zones
figure-zones-means = F1 of zones with the same extent and the same label
figure-zone-words = zone words
figure-zone-words-means = F1 of the words inside zones
figure-documents = documents
figure-documents-means = F1 of statements about whole articles, by their label
items-words-so-labelled = words so labelled
items-paired-annotations = paired annotations
items-documents = statements about articles
undefined-two-only = it compares two annotators: look at one pair
undefined-not-asked = not computed yet: it takes longer and is asked for by itself
undefined-out-of-time = left out: its time was over before an article was done
undefined-few-articles = fewer than five articles say too little of others
undefined-one-article = one article has no interval over articles
undefined-too-large = too large for resampling
undefined-no-items = nothing to compare
undefined-one-rater = fewer than two annotators
undefined-nothing-shared = no item was rated by two annotators
undefined-one-category = only one category occurs
undefined-missing-ratings = some ratings are missing (Krippendorff's α allows that)
undefined-overlapping-units = one annotator's units overlap
undefined-unit-outside = a unit is empty or lies outside the text
undefined-nothing-predicted = nothing was predicted
undefined-nothing-in-gold = the gold standard is empty
undefined-nothing-aligned = no two units are aligned
undefined-no-expected-disagreement = chance would produce no disagreement either
shortfall-left-out = { $articles } left out, for the time was over
shortfall-bounded = alignments of { $articles } not proven best
shortfall-both = { $left_out }; { $bounded }
shortfall-gap = { $shortfall }, at most { $gap } more with the best

## Errors: what a model got wrong, to look at

errors = Errors
errors-of = Errors of { $name }
errors-other = Another…
errors-job = Looking for errors
errors-only = Only { $what }
errors-met = { $given } where gold has { $truth }
errors-not-predicted = Not predicted, and so no errors: { $parts }
errors-at = Error { $at } of { $count }
errors-look-only = Nothing is decided or marked here. Gold stands as it is.
errors-none = Nothing differs from gold.
errors-none-fits = No error fits what is chosen.
errors-no-model = There are no predictions yet. Import those of a model, or choose whose errors you want (w).
errors-no-gold = There is no gold to compare with yet.
errors-read-only = Errors are only looked at here. F2 goes to your own annotations, F4 to gold.
errors-whose-title = Whose errors?
hint-error = Tab next, Shift+Tab previous · 1–7 one kind, 0 every kind · a all · w whose · F5 dashboard
schema = Schema
schema-in-all-sets = in all sets
schema-entities = Entities
schema-frames = Trips, claims and other frames
schema-documents = Labels of whole articles
command-schema-new = Add a label
command-schema-next = Next label
command-schema-previous = Previous label
command-schema-up = Move the label up
command-schema-down = Move the label down
command-schema-apply = Apply the change
command-schema-cancel = Leave the schema as it is
schema-lock = Lock
schema-unlock = Unlock
schema-lock-hint = A locked schema stays as it is while people annotate
schema-is-locked = the schema is locked
schema-is-unlocked = the schema can be changed
schema-locked-hint = The schema is locked while people annotate.
schema-choose = Choose a label on the left.
schema-name = Name in files
schema-name-hint = no blanks, dots, colons or quotes
schema-before = before: { $names }
schema-rename = Rename…
schema-merge = Merge…
schema-split = Split…
schema-delete = Delete…
schema-more = More
schema-kind = Kind of label
schema-english = English
schema-indonesian = Indonesian
schema-key = Key
schema-keys-taken = taken: { $keys }
schema-key-taken = this key is taken
schema-line = Line
schema-color-light = Colour, light
schema-color-dark = Colour, dark
schema-contrast = { $ratio } to 1
schema-contrast-hint = 4.5 to 1 is legible; what has less is drawn darker or lighter
schema-guide = Guideline
schema-add-attribute = Add an attribute
schema-values = Values
schema-add-value = Add a value
schema-required = required
schema-ordered = on a scale
schema-kind-choice = one of several values
schema-kind-flag = yes or nothing
schema-role-list = Roles
schema-add-role = Add a role
schema-how-many = How many
schema-one = one
schema-at-most-one = at most one
schema-one-or-more = one or more
schema-any-number = any number
schema-some-number = a fixed number
schema-order-counts = their order counts
schema-takes = Takes
schema-bare-words = bare words
schema-dates = dates
schema-texts = texts
schema-take-out = Take out
schema-fills = Fills these roles
schema-shown-first = each shows first what it changes
schema-nothing-asked = What a change would do to everybody's annotations is shown here before it is done.
schema-fill-in = Fill in what is lacking.
schema-preview = A preview. Nothing is written yet.
schema-looking = looking at all annotations
schema-counting = counting annotations
schema-title-rename = Rename “{ $place }” to “{ $to }”
schema-title-merge = Merge “{ $place }” into “{ $into }”
schema-title-split = Split “{ $to }” off “{ $label }”
schema-title-delete = Delete “{ $place }”
schema-title-define = Change definitions
schema-new-name = New name
schema-merge-into = Becomes one with
schema-split-those = The annotations with this value get a new label:
schema-split-by-value = by a value
schema-split-by-hand = by a list of places
schema-ticked = { $count } of { $all } ticked
schema-tick-filter = Words, an article or an annotator
schema-tick-shown = Tick all that are listed
schema-untick = Untick them
schema-no-words = without words
schema-no-annotations = No annotation changes.
schema-annotations = Annotations changed: { $changed }, taken away: { $gone }, articles: { $articles }
schema-in-articles = { $count ->
    [one] in 1 article
   *[other] in { $count } articles
}
schema-decisions = Decisions of review that are kept or go along: { $count }
schema-referents = Referents that follow: { $count }
schema-joined = Annotations that become one with another on the same words: { $count }
schema-twice = Annotations that stand twice on the same words then and say different things: { $count }
schema-mixed = Referents whose annotations have two labels then: { $count }
schema-finished = Sets that are done already and change, too: { $count }
schema-one-step = One step: one undo takes all of it back, in every set.
schema-apply-to = { $count ->
    [one] Apply to 1 annotation
   *[other] Apply to { $count } annotations
}
schema-apply-first = apply or cancel what is written in the form first
schema-nothing-beside = there is nothing beside it
schema-changing = changing the schema
schema-done = { $change }: done, annotations: { $count }
schema-stopped = stopped: the schema is as it was
schema-unchanged = the schema is as it was
hint-schema = ↑ ↓ label · Ctrl+N new · Alt+↑ ↓ order · F1 all keys
hint-schema-change = Ctrl+Enter applies · Esc leaves the schema as it is
hint-no-error = 0 every kind · a all · w whose · F5 dashboard
command-next-error = Next error
command-previous-error = Previous error
command-errors-missing = Only what is missing
command-errors-spurious = Only what is spurious
command-errors-boundary = Only boundaries
command-errors-label = Only labels
command-errors-attribute = Only attributes
command-errors-role = Only roles
command-errors-identity = Only identity
command-errors-all = All errors
command-errors-whose = Whose errors…

## Losses of exports: what follows the number of such things

loss-article = articles are left out: there is nothing in them to write
loss-metadata = fields of what is known about articles are left out
loss-progress = states of work (begun, done) are left out
loss-spacing = articles lose their white space: words come back with one space between them
loss-character = articles lose control characters that the format cannot hold
loss-mention = mentions are left out
loss-frame = trips, claims or other frames are left out
loss-zone = zones are left out
loss-document-label = labels of whole articles are left out
loss-overlap = annotations are left out because they overlap with others
loss-alignment = spans are widened to whole words
loss-trigger = trips, claims or other frames lose the words that evoke them
loss-fragments = annotations of several fragments become one stretch each
loss-drift = drifted fragments are left out
loss-attribute = values of attributes are left out or lose their white space
loss-role = roles filled by annotations are left out
loss-role-words = roles filled by bare words are left out
loss-role-value = roles filled by values are left out
loss-role-order = records lose the order of their roles
loss-reference = annotations no longer say what they are about
loss-referent = referents are left out
loss-referent-detail = details of referents (attributes, roles, notes, origins) are left out
loss-about-referents = records about two referents are left out
loss-note = notes are left out or lose their line breaks
loss-comment = comments are left out
loss-provenance = records no longer say who made them, when and how
loss-decision = decisions of review are left out
loss-id = records get other ids
loss-name = names of labels, roles or attributes are written differently
loss-project = settings of the project (people who may label, open sets) are left out
loss-of = { $count } { $says }
loss-of-first = { $count } { $says } (first: { $first })

## Faults of files and systems, as part of a sentence

fault-none = no such file or directory
fault-exists = something of that name is there already
fault-short = it ends too early
fault-no-more = nothing more can be written
fault-not-utf8 = it is not UTF-8
fault-damaged = what is packed in it is damaged
fault-interrupted = it was interrupted
fault-list = a list in [ ] is expected
fault-list-open = a list is not closed with ]
fault-truth = true or false is expected
fault-comma = a comma, or the end of a group, is missing
fault-one-character = one character in ' ' is expected
fault-number = a number is expected
fault-whole = a whole number is expected
fault-bounds = a number is too large or too small
fault-digit = { $digit } is not a digit
fault-map = named values in {"{"} {"}"} are expected
fault-colon = a colon is missing
fault-brace = {"}"} is missing
fault-opening = ( is expected
fault-closing = ) is missing
fault-option = a value in Some( ), or None, is expected
fault-unit = () is expected
fault-text = a text in quotation marks is expected
fault-text-open = a text is not closed with a quotation mark
fault-bytes = bytes are expected
fault-name = a name is expected
fault-name-here = the name { $name } does not belong here
fault-not-a-name = { $name } is not a name
fault-escape = a text has a \ that means nothing
fault-character-here = the character { $character } does not belong here
fault-comment-open = a comment is not closed
fault-extension = the extension { $name } is not known here
fault-first-line = its first line is not what it should be
fault-behind = something stands behind its end
fault-deep = it is nested too deeply
fault-form = it does not have the form of such a file
fault-comma-list = a comma or ] is missing
fault-comma-map = a comma or {"}"} is missing
fault-quotation = a quotation mark is missing
fault-word = a word is none of true, false and null
fault-value = a value is expected
fault-number-form = a number is malformed
fault-large = a number is too large
fault-code-point = a text is not UTF-8, or has a \u that stands for no character
fault-surrogate = a text has a \u that stands for half a character
fault-key = a name is not in quotation marks
fault-trailing-comma = a comma stands before an end
fault-control = a text has a line end or a control character in it
fault-at = line { $line }, column { $column }: { $why }
fault-markup = <! stands before something unknown
fault-attribute-open = the value of an attribute is not closed
fault-in-tag = it ends within a tag
fault-tag-open = <{ $tag }> is not closed
fault-tag-alone = </{ $tag }> closes nothing
fault-tag-other = </{ $found }> stands where </{ $expected }> is expected
fault-dashes = a comment has -- in it
fault-ampersand = an & has no ; after it
fault-not-xml = its first line is not that of an XML file
fault-attribute-twice = a tag has the same attribute twice
fault-attribute-form = an attribute is malformed
fault-entity = &{ $name }; is not known
fault-entity-none = an & stands for no character that is known
fault-prefix = a name has an unknown prefix
fault-no-part = the archive has no such part
fault-password = the archive is locked with a password
fault-packing = the archive is packed in a way that is not read here
fault-not-zip = it is not a ZIP archive, or a damaged one
fault-not-tar = it is not a tar archive, or a damaged one
fault-not-warc = it is not a web archive (WARC), or a damaged one
fault-row = it has { $len } values where the first line names { $expected_len }
fault-table = it does not have the form of a table
fault-soon = it ends too soon
fault-field-missing = the field "{ $field }" is missing
fault-field-twice = the field "{ $field }" appears twice
fault-mistaken = { $found } stands where { $expected } is expected
fault-the-number = the number { $number }
fault-the-word = the word { $truth }
fault-the-character = the character { $character }
fault-the-text = the text { $text }
fault-a-text = a text
fault-a-truth = true or false
fault-a-character = one character
fault-a-whole = a whole number
fault-a-natural = a whole number of at least 0
fault-a-nonzero = a whole number, not 0
fault-a-number = a number
fault-nothing = nothing
fault-a-group = a group of named values
fault-a-word = one of the known words
fault-an-option = an optional value
fault-a-form = a value of a known form
fault-another = another value
fault-no-form = it has none of the forms that are known
fault-field-unknown = the field { $name } is not known here
fault-field-unknown-of = the field { $name } is not known here; known are { $known }
fault-word-unknown = the word { $name } is not known here
fault-word-unknown-of = the word { $name } is not known here; known are { $known }
fault-length = { $count ->
    [one] 1 value stands
   *[other] { $count } values stand
} where { $number } are expected
fault-length-of = { $count ->
    [one] 1 value stands
   *[other] { $count } values stand
} where { $expected } is expected
fault-a-list = a list
fault-a-name = a name
fault-denied = permission denied
fault-forbidden = operation not permitted
fault-read-only = read-only file system
fault-full = no space left on device
fault-quota = disk quota exceeded
fault-is-folder = is a directory
fault-not-folder = not a directory
fault-long-name = file name too long
fault-file-large = file too large
fault-device = input/output error
fault-many-open = too many open files

## Files and sessions of a project

file-unwritable = { $path } cannot be written: { $why }
journal-taken = another program took the journal away: it was written anew, and nothing in it is lost
journal-removed-again = another program keeps removing it
text-read-again = the text of article { $article } was changed by another program and has been read again
text-changed-by = the text of article { $article } was changed by another program: { $error }
file-readable-again = { $path } can be read again
not-a-file-name = this is not a name of a file
copy-by-hand = it differs from { $of }, and is not a file of records: compare them by hand
copy-other-text = it is about another text than { $of }: it is left as it is
folder-not-empty = { $path } is not empty
reading-stopped = the reading was stopped
copy-stopped = the copy was stopped
path-leads-out = the path leads out of the project folder
path-is-link = { $path } is a link, and nothing in a project is reached through links
path-is-other = { $path } is { $is }, not { $wanted }
path-second-name = { $path } has a second name, and may be another program's file
file-too-many-mb = it has { $size } MB, more than the { $limit } MB that are read
folder-gone = the project's folder is gone
folder-replaced = the project's folder is gone: another one stands in its place
file-malformed = the file cannot be read, column { $column }: { $why }; it is left as it is
file-not-there = the file is not there
file-not-utf8-here = here the file is not UTF-8
file-unreadable = { $path } cannot be read: { $why }
file-made-unreadable-journal = another program has made a file unreadable; it is left as it is, your work is in the journal: { $error }
file-made-unreadable = another program has made a file unreadable; it is left as it is: { $error }
both-changed-kept = { $records } was changed here and by another program at once: yours stands, the other is kept in { $file }
both-changed-lost = { $records } was changed here and by another program at once: yours stands, and the other could not be kept: { $file }: { $why }
project-settings-not-saved = the settings of the project are not saved: { $why }
file-not-written = { $path } is not written: { $why }
file-changed-just-now = another program has changed a file just now
work-gone = { $path } held work and is gone: say first what that means
lock-taken = another window or program works under the same name by now
lock-writing = another program is writing to the project
lock-adding = another program is adding articles to the project
conflicts-kept = records of other programs that could not be merged are kept here; delete the file when done
folder-read-only = the project folder cannot be written ({ $why }): it is open for reading only
journal-not-one = this is not a journal: it was set aside, and a new journal begins
journal-damaged = lines of the journal cannot be read: what could be was taken, and the whole journal is kept beside it
schema-not-changed = schema.ron is not changed: { $why }
schema-changed-by = schema.ron was changed by another program: open the project again
edits-wait = some edits cannot be brought in yet: see the list of problems
edit-not-recovered = an edit that a crash kept from its file cannot be made: { $error }
edit-waits = an edit that a crash kept from its file waits in the journal: { $error }
both-changed-journal = { $record } was changed by another program while an edit of it was still in the journal: the edit stands, the other is kept in { $conflicts }
file-says-other = the file says that its { $field } is { $said }, but it lies in the place of "{ $is }"
id-taken = the id { $id } is taken
record-twice = there is another { $own }
id-twice = the id { $id } is used twice: the second record is called { $other } here
records-many-faults = more than { $max } records are not what they should be
version-not-number = the format version (the field "jejak") is not a number
version-missing = the format version (the field "jejak") is missing
list-missing = the list "{ $list }" is missing or there twice
set-kind-differs = the set says that its kind is { $kind }, and project.ron says that the sets of { $maker } are { $listed }: that counts; "jejak people" makes both say the same
field-kept = the field { $name } is not what this version knows: it is kept as it stands, and not exported
set-stray = the project has no article { $id }, so these annotations are not shown
text-not-added = the text of article { $article } is not the one that was added: it has been changed
not-plain = this is { $is }: nothing is read from it or written to it
set-text-changed = the text has changed since these annotations were saved: each was looked for by the words around it
span-moved = "{ $words }" of { $id } does not stand at { $place }: it was found elsewhere
span-back = "{ $words }" of { $id } had no place: it stands where it stood before and has its place again
span-in-letter = "{ $words }" of { $id } begins or ends inside a letter: the whole letter is taken
span-outside = { $id } has a span { $from }–{ $until } outside the text: "{ $words }"
span-unplaced = "{ $words }" of { $id } has no clear place in the text as it is now
referent-by-words = a referent's role is filled by words of a text
schema-label-twice = two labels are called "{ $name }"
schema-key-twice = two labels have the key "{ $key }"
schema-roles = label "{ $at }" has roles but is not a frame
schema-attribute-twice = label "{ $at }" has two attributes "{ $name }"
schema-role-twice = label "{ $at }" has two roles "{ $name }"
schema-role-key-twice = two roles of label "{ $at }" have the key "{ $key }"
schema-no-values = attribute "{ $name }" of label "{ $at }" has no values
schema-not-a-label = role "{ $name }" of "{ $at }" is filled by "{ $filler }", which is not a label
schema-no-filler = nothing can fill role "{ $name }" of label "{ $at }"
schema-place-both = label "{ $label }" has a role and an attribute "{ $name }": write role: or attribute: before it
schema-place-none = the schema has no "{ $name }" here
schema-place-unknown = the schema has no "{ $name }" here; it has { $there }
schema-name-taken = there is a "{ $name }" already: merge makes one of the two
schema-name-wrong = "{ $name }" cannot be a name in a schema: a name has no blanks, dots, colons, quotes or equals signs
schema-define-lacks = { $place } is missing or of another kind: delete and rename take care of its annotations
schema-merge-itself = "{ $name }" cannot be merged into itself
schema-merge-kinds = "{ $from }" and "{ $into }" are not of one kind
schema-merge-attributes = attributes "{ $one }" and "{ $other }" have different kinds of values
schema-follows-optional = "{ $name }" is not required any more, since not all annotations have it
schema-follows-more = "{ $role }" takes more fillers than before
schema-follows-attribute = "{ $label }" gets the attribute "{ $name }"
schema-follows-role = "{ $label }" gets the role "{ $name }"
schema-delete-role-first = nothing could fill role "{ $role }" of "{ $label }" then: delete that role first
schema-locked = the schema is locked while people annotate: unlock it first
schema-set-unread = the set of { $maker } in article { $article } cannot be read: nothing is changed
schema-referents-unread = the referents of { $maker } cannot be read: nothing is changed
set-kind-unknown = "{ $text }" is not a kind of set; there are { $kinds }
input-not-utf8 = it is not UTF-8 (line { $line })
input-unreadable = it cannot be read: { $said }
input-too-large = it has { $bytes } bytes, more than the { $max } that a file of this kind may have
input-folder = it is a folder, not a file
input-not-regular = it is not a regular file
input-changed = another program changed it while it was read
walk-unreadable = the folder cannot be read: { $why }
walk-link = it is a link to a folder, which is not followed
walk-nowhere = it is a link that leads nowhere: { $why }
settings-unreadable = The settings in { $file } cannot be read, so the usual ones hold: { $why }.
settings-line = line { $line }: { $why }
settings-unwritable = Settings could not be written to { $file }: { $why }.
sample-no-place = This system has no place for the sample project.
sample-unwritable = The sample project could not be put into { $path }: { $why }.
name-reserved = the { $what } is called { $name }, and some systems have no folder or file of that name
name-case = { $what } { $name } and { $what } { $other } differ by capitals alone: many systems take the two for one
kind-file = a file
kind-folder = a folder
kind-link = a link
kind-special = a pipe, a socket or a device
thread-ended = a thread of the program has ended
files-keep-changing = another program keeps changing the files
records-unknown = the { $noun }s are not what this version knows: { $why }
head-unknown = the { $noun } of the set is not what this version knows: { $why }
copy-conflicted = a copy of { $of } that a program left where two had changed it at once
copy-displaced = these annotations are about the text of another article, and belong in { $of }
copy-of-records = { $what }: its records are not shown until "jejak merge" on the project puts them there
copy-to-compare = { $what }: the program does not read it, so compare the two and delete one
journal-elsewhere = { $count ->
    [one] 1 edit waits
   *[other] { $count } edits wait
} in a journal that was not written in this folder: jejak recover --elsewhere brings them in; delete the file to do without
changed-taken-in = { $path } was changed by another program: { $count ->
    [one] 1 record was
   *[other] { $count } records were
} taken in
changed-taken-out = { $path } was changed by another program: { $count ->
    [one] 1 record was
   *[other] { $count } records were
} taken out
journal-waiting-open = { $count ->
    [one] 1 edit of { $annotator } is
   *[other] { $count } edits of { $annotator } are
} not in the files yet: a window that is open writes them soon
journal-waiting = { $count ->
    [one] 1 edit of { $annotator } is
   *[other] { $count } edits of { $annotator } are
} not in the files: a program did not come to an end; jejak recover brings them in
text-changed-edits = the text of article { $article } was changed while edits waited in the journal: { $found } places were found again by their words, { $lost } were not and are kept without a place
merge-left = a merge left { $count } to decide: “Conflicts of a merge…” in Review settles it
conflict-unclear = it does not say what both changed, or what theirs is
record-unknown = a record is not what this version knows ({ $why }): it is kept as it stands, and not shown
head-record-unknown = a { $noun } is not what this version knows ({ $why }): it is kept as it stands, and not counted
another-program = another window or program
record-changed-elsewhere = { $what } has been changed elsewhere in the meantime
record-of-article = { $record } of article { $article }
record-of-maker = { $record } of { $maker }
record-of-schema = { $record } of the schema
record-only = the { $noun }
record-called = { $noun } { $id }
record-noun = { $noun ->
    [decision] decision
    [comment] comment
    [conflict] conflict
    [article] article
    [state] state
    [judgement] judgement
    [dismissal] dismissal
    [run] run of suggestions
    [label] label
    [schema] schema
    [referent] referent
    [annotation] annotation
    [annotator] annotator
    [kind] kind
   *[other] { $noun }
}
not-an-id = "{ $text }" is not an id: an id is 1 to 12 characters of 0-9, a-z and -
not-a-date = "{ $text }" is not a date: write 2024, 2024-06, 2024-06-18 or two of them with a / between, 2021-22 for a summer, P2D for two days
clock-out-of-range = the machine's clock is out of range: { $time } is written in place of its time; set it right
not-a-moment = "{ $text }" is not a moment: write it as 2026-11-21T19:30:00Z
set-of-other-kind = { $name } is not a new name: its sets are { $is }, and these would be { $kind }; choose another name, or say { $name }={ $kind } with "jejak people"
schema-wrong = schema "{ $schema }": { $what }
annotator-letters = “{ $name }” cannot be an annotator's name: take 1 to 32 letters, digits, - or _; “gold” is the adjudicated set's
annotator-reserved = “{ $name }” cannot be a new annotator's name: some systems have no folder or file of that name
annotator-case = “{ $name }” cannot be a new annotator's name: “{ $other }” is there already, and many systems take the two for one
not-a-project = { $dir } is not a project: it has no project.ron
a-project-already = { $dir } is a project already
project-locked = { $annotator } has this project open already: { $by }
file-newer = { $file } has format version { $version }, and this program reads versions up to { $known }: use a newer one
file-at = { $file }:{ $line }:{ $column }: { $why }
file-why = { $file }: { $why }
project-read-only = the project is open for reading only
no-article = there is no article { $article }
annotation-misplaced = annotation { $annotation } does not fit the text of article { $article } as it is now
step-text-changed = the text of article { $article } has changed since then: this step can be neither undone nor redone
change-overtaken = nothing was changed: something else was done while the files for it were read
project-let-go = the project was closed meanwhile
not-saved-because = not saved: { $why }
line-why = { $file }:{ $line }: { $why }
export-stopped = stopped
both-sentences = { $one }; { $other }
not-a-strategy = "{ $text }" is not a strategy
path-is = { $path } is { $is }

## Reading files of other software

brat-no-text = there is no .txt file of the same name beside it
brat-no-texts = there is no .txt file among what is to be read
brat-no-tab = there is no tab after the first word
brat-nothing = there is nothing after the first word
brat-no-offsets = “{ $body }” has no offsets
brat-no-trigger = an event names no trigger
brat-attribute-alone = an attribute names no annotation
brat-note-alone = a note names no annotation
brat-reference-alone = a reference names no annotation
brat-no-register = a reference names no register and identifier
brat-line-unknown = lines that begin with “{ $id }” are not known
brat-trigger-gone = { $event } has trigger { $trigger }, which is not there
about-gone = { $name } is about { $target }, which is not there
brat-note-gone = a note is about { $target }, which is not there
brat-reference-gone = a reference is about { $target }, which is not there
brat-equivalence = an equivalence names fewer than two annotations that are there
brat-argument = “{ $word }” is not an argument
no-text = there is no text in it
cas-view = the view "{ $view }" was left out: an article has one text
cas-no-place = { $count } of type { $kind } have no place in the text and were left out
cas-no-number = { $label } { $id } has no { $name }
cas-no-words = { $label } at { $begin } has no words and is kept without a place
cas-lists = lists are referred to so often that not all of what is in them was read
filled-by-gone = { $role } of { $mark } is filled by { $target }, which is not there
cas-leads = { $role } of { $mark } leads to a { $kind }, which is not read
cas-not-filled = { $role } of { $mark } is not filled
xmi-none = there is no .xmi file among what is to be read
xml-broken = the XML is broken: { $why }
xml-deep = elements are more than { $depth } deep
xml-entity = it uses an unknown entity
xml-doctype = it has a document type declaration, which is not read
xmi-not = it is not XMI
xmi-list = an element of a list has elements
xmi-id = "{ $id }" is not an xmi:id
conll-wide = the lines have { $width } columns; the first { $columns } are read
conll-columns = the line has { $count } columns where others have { $width }
conll-orphan = { $prefix }-{ $label } continues no mention, so it begins one
conll-word = word
conll-tag = tag
conll-outer = outer
conll-inner = inner
conll-coref = coreference
conll-sentence = sentence
conll-no-tags = no tags
conll-at = { $name } { $number }
conll-at-key = { $key } in { $number }
conll-listed = { $one }, { $other }
conll-read = read as { $kind }: { $columns }
conll-read-columns = read as columns: { $columns }
conll-refused = it is not read as columns, for { $why }; where they are in it, word=1,tag=2 would say (--columns)
conll-why-numbers = most words would be numbers
conll-why-label = a label would be “{ $label }”
conll-why-words = labels would be words of a text
conll-why-outside = every word would have a label
conll-why-uneven = its lines have no tags and not the same number of columns
conll-bracket = “{ $cell }” has a bracket without its other one
columns-form = “{ $said }” is not a column: word=2,tag=5 says which are what, counted from 1
columns-word = one column has to be that of words: word=2,tag=5
columns-per = “{ $said }” is neither a number of sentences nor blank-lines
columns-few = there is no column { $number }: most lines have { $width }
files-why = { $file } and { $more } more: { $why }
relation-from-gone = relation { $id } begins at { $from }, which is not there
doccano-entity = { $value } is not [start, end, label]
doccano-label = a label is empty
format-written-only = { $format } is written only
target-not-empty = the folder is not empty
target-leads-out = "{ $name }" leads out of the folder
parquet-rows = its rows cannot be packed as Parquet
parquet-group = an earlier group of rows could not be written
role-by-nothing = role "{ $name }" is filled by nothing
comment-no-words = a span of a comment does not say its words
comment-both = a comment is about an annotation and is also an answer
decision-no-name = a decision does not say about which attribute or role it is
line-newer = the line has version { $version }, and versions up to { $known } are read
line-no-text = there are annotations or comments but no text
line-unit = "{ $unit }" is not an offset unit
line-sha256 = the text is not the one that its sha256 was made of
suggestion-no-source = a suggestion does not say its source
comment-no-article = a comment of the project does not say which article it is about
referent-role-by-nothing = role "{ $name }" of a referent is filled by nothing
json-column = column { $column }: { $why }
json-list-short = the list ends too early
json-large = a value is larger than { $size } MiB
json-not-text = "{ $field }" is not a text
json-no-field = there is no "{ $field }"
json-not-list = "{ $field }" is not a list
json-not-whole = "{ $field }" is { $number }, which is not a whole number
studio-no-text = the task has no text; tasks on images and sounds are not read
studio-no-label = region { $id } has no label and was left out
studio-no-value = region { $id } has no value
studio-value = region { $id } has a value that is not a text
studio-type = region { $id } is of type "{ $kind }", which is not read
studio-relation = a relation begins at { $from }, which is not there
label-pair = "{ $pair }" is not FILE-NAME=NAME
muc-object = template { $number } is not an object
muc-no-words = { $role } of template { $number } has a filler without words
muc-not-found = { $role } of template { $number } is filled by “{ $said }”, which was not found in the text
muc-further = { $further } further mentions of what fills roles were left out
prodigy-answer = tasks whose answer is "{ $answer }", left out: { $count }
prodigy-relation = relation "{ $label }" joins spans that are not there
attribute-about-gone = attribute { $id } is about { $about }, which is not there
denotation-why = denotation { $id }: { $why }
denotation-obj = denotation { $id } has no "obj"
rams-sentence = a sentence is not a list of tokens
rams-token = a token is not a text
rams-sentences = there are no "sentences"
rams-trigger = the trigger of "{ $label }" has no place among the tokens
rams-event = "{ $said }" belongs to an event that is not there
rams-tokens = "{ $said }" is filled by tokens that are not there
text-nul = the text is not plain text: character { $at } is a NUL
offsets-doubt = read as { $unit }, { $cut } of { $all } spans cut words; as { $other } none does, and --unit { $other } reads them so
offsets-count = offsets count { $counting }: so { $fits } of { $quotes } quotes fit
name-twice = "{ $name }" is the name of two annotations; the first is meant by it
mark-no-label = annotation { $name } has no label and was left out
mark-outside = { $what } at { $start }–{ $end } lies outside the text and is kept without a place
mark-no-words = { $what } at { $start } has no words and is kept without a place
mark-no-number = { $what } has an offset that is not a whole number, and is kept without a place
mark-cut = { $what } at { $start }–{ $end } cut a character and was widened
mark-nearby = “{ $shown }” does not stand at { $start }–{ $end }; it was found nearby
mark-drifted = “{ $shown }” does not stand at { $start }–{ $end }, nor nearby: kept as drifted
source-files = { $path }: there are more than { $files } files
line-long = the line is longer than { $size } MiB and was left out
line-not-utf8 = the line is not UTF-8 and was left out
docbin-full = a DocBin holds 4 GiB of tokens
docbin-why = it is not a DocBin: { $why }
docbin-large = it unpacks to more than the { $size } MiB that are read
docbin-no-words = its tokens have no words
docbin-negative = a document has a negative length
docbin-few = there are fewer tokens than the documents need
docbin-token = a token is of a string that is not there
docbin-label = a label is of a string that is not there
docbin-groups = a document's span groups are not groups
docbin-span = a span is not of 40 bytes
docbin-soon = it is not a DocBin: it ends too soon
docbin-many = it holds too many values
docbin-lacks = its "{ $name }" are not there
spacy-spaces = nothing is known of the spaces between the words of “{ $start }”: each has one
parquet-large = it is larger than { $size } MB
parquet-why = it is not sound Parquet: { $why }
parquet-damaged = it is damaged Parquet
hf-numbers = rows whose tags are numbers without names, left out: { $count }; README.md, dataset_info.json or config.json of the data set says them, beside the rows
hf-lengths = it has { $tokens } tokens and { $tags } tags
hf-class = there is no class { $number }
docee-list = it is not a list of title, text, event and arguments
docee-arguments = its arguments are not JSON
docee-argument = an argument cannot be read: { $value }
dygie-place = there are no such tokens: { $value }
gate-not = it is not a document of GATE's
bioc-not = it is not a collection of BioC's
ecb-not = it is not a document of ECB+
w3c-none = there is no annotation in it
w3c-no-text = { $count ->
    [one] an annotation is
   *[other] { $count } annotations are
} about a text that is not there: it has to lie beside as .txt
spacy-pair = it is not a text with what is said of it
spacy-word = "{ $word }" does not stand in the text
spacy-outside = { $count } spans lie outside the text of “{ $start }” and were left out
webanno-token = "{ $token }" does not stand in the text of its sentence
webanno-old-relations = relations of older versions, which are not read: { $count }
webanno-head = it does not begin with #FORMAT=WebAnno TSV 3.3
webanno-header = this is not a line of a header
webanno-layer = a layer has no name
webanno-role = the column { $target } follows no ROLE_ column
webanno-columns = the layer { $name } has { $count } columns; layers of up to { $columns } are read
webanno-few = the line has fewer than three columns
webanno-place = “{ $place }” is not a place: a place is begin-end
webanno-missing = the line has { $missing } columns fewer than the header says
webanno-chain = an element of a chain has no number
webanno-sentence = sentence { $number } begins at { $begin }, where { $length } stand before it
webanno-slot = a slot is filled by an annotation that is not there
webanno-relation = a relation ends at an annotation that is not there
webanno-number = “{ $text }” is not a number of an annotation
wiki-sentence = a sentence has no list of tokens
wiki-token = a token has no place
wiki-tokens = there are no tokens from { $start } to { $end }
wiki-entity = entity { $id }: { $why }
wiki-event = event { $id }: { $why }
unit-crlf-as-one = { $unit } with CR LF as one

## Reading article files

ingest-nul-byte = it is not text: there is a NUL byte at { $at }
ingest-byte = byte 0x{ $byte } at { $at } is not UTF-8, shown as U+FFFD
ingest-bytes = { $count } more bytes are not UTF-8, shown as U+FFFD
ingest-decoded = decoded as { $encoding }
ingest-parts = parts of it are not { $encoding }, shown as U+FFFD
docx-why = it is not a Word document: { $why }
docx-no-part = it is not a Word document: it has no part { $part }
document-date = the date is that of the document's making
pdf-none = it is not a PDF: its beginning is another
pdf-damaged = it is a PDF that is damaged beyond reading
pdf-encrypted = it is locked (encrypted); a copy of it without a password is read
pdf-bomb = its parts unpack to more than { $allowed } bytes, so it may mean harm
pdf-endless = it has more than { $chars } letters, or takes longer than { $seconds } seconds
pdf-scanned = it is scanned: { $pages ->
    [one] its page is a picture
   *[other] its { $pages } pages are pictures
} without a text layer
pdf-leftward = its text is written from right to left, which is not read from PDF yet
pdf-letters = the file does not say which letters stand on its pages
pdf-pictures = { $count ->
    [one] page { $pages } is a picture
   *[other] pages { $pages } are pictures
} without a text layer
pdf-running = { $count } lines that repeat on the pages (headers, footers, page numbers) are left out
pdf-artifacts = { $count } letters of headers and footers are left out, as the file marks them
pdf-askew = { $count } letters that stand askew or upright are left out
pdf-divided = { $count ->
    [one] one word that was divided at the end of a line is whole again
   *[other] { $count } words that were divided at the end of a line are whole again
}
pdf-unknown = of { $count } letters the file does not say which they are: they are shown as U+FFFD
part-unpacked = its part { $name } cannot be unpacked: { $why }
part-bomb = its part { $name } unpacks to more than { $allowed } bytes, so it may be a zip bomb
part-why = its part { $name }: { $why }
part-broken = its part { $part } is broken: { $why }
ingest-unmarked = decoded as { $encoding }, which it does not say: it has no byte order mark
ingest-cut-off = only the beginning of this article is in the file: it says that { $chars } more characters are left out
document-footnotes = { $count ->
    [one] one footnote was left out
   *[other] { $count } footnotes were left out
}
document-lists = { $count ->
    [one] the number or sign of one list item was left out
   *[other] the numbers or signs of { $count } list items were left out
}
document-readings = { $count ->
    [one] one reading above characters was left out
   *[other] { $count } readings above characters were left out
}
document-hidden = { $count ->
    [one] one hidden stretch of text was left out
   *[other] { $count } hidden stretches of text were left out
}
odt-why = it is not an OpenDocument text: { $why }
odt-no-part = it is not an OpenDocument text: it has no part { $part }
epub-why = it is not a book in EPUB: { $why }
epub-order = it does not say in which order its pages are read, so they were taken in the order of their names
epub-missing = its part { $part } is missing
rtf-none = it is not rich text: it does not begin with {"{"}\rtf
mail-none = it is not a mail: it has no headers
mail-deep = its parts are nested too deep, or too many
mail-attachments = { $count ->
    [one] one attachment was left out
   *[other] { $count } attachments were left out
}
mhtml-none = there is no web page in it
feed-summary = the feed has no more than this of it, which may be a summary
xml-root = its root is “{ $root }”; XML that is read is RSS, Atom, NITF, NewsML and XHTML
xml-none = it is not XML that can be read: { $why }
xml-empty = it is not XML: it has no element
ingest-long = its text has { $chars } characters, more than the { $max } allowed
ingest-nul = it is not text: character { $at } is a NUL
ingest-date = the date “{ $date }” was not understood
ingest-date-order = the date “{ $date }” is one thing with the day first, another with the month first: --dates dmy or mdy says which
columns-pair = “{ $pair }” is not a pair such as title=Titel
columns-unknown = “{ $name }” is not a column; there are { $known }
ingest-failures = { $count } records could not be read, so the rest of the file was not tried
ingest-many = it holds { $count } records or more, so the rest of the file was not read
ingest-no-articles = there are no articles in it
html-whole = the main text could not be told from the rest of the page, so all of its text was taken
html-left-out = { $percent } % of the text in the page's paragraphs was left out as not belonging to the article
html-deep = its elements are nested more than { $depth } deep
ingest-json = it is not JSON that can be read: { $why }
ingest-rest = the rest of it cannot be read: { $why }
ingest-json-line = the line is not JSON: column { $column }: { $why }
ingest-json-object = it is not an object with named values
ingest-kind = files of kind .{ $other } are not read; { $readable }
ingest-no-extension = it has no extension; name it by itself to have it read
ingest-readable = readable are .{ $kinds }
ingest-files = it holds more than { $max } files, so the rest was left out
ingest-cancelled = reading was cancelled
ingest-empty = it is empty
table-no-text = there is no text (called text, content, body, article, isi or teks) among its values: { $names }
table-wide = a row of it has { $widest } values, more than the { $max } allowed
table-first = its first line cannot be read: { $why }
table-row = the row has { $len } values where the first line names { $expected_len }
table-unreadable = the row cannot be read: { $why }

## Imports, exports and data sets

recognised = read as { $format }: { $file } { $sign }
recognised-none = no format is recognised in these files: --format says which it is
recognised-several = the files may be { $formats }: --format says which it is
sign-extension = ends in .{ $extension }
sign-head = begins with { $head }
sign-columns = has a tag in the last column of its lines
sign-list = has records { $value }
sign-keys = has the fields { $keys }
archive-why = it cannot be unpacked: { $why }
archive-files = it holds more than { $files } files
archive-name = its name leads out of the archive
archive-bomb = more than { $allowed } bytes come out of it
archive-link = it is a link, which is not followed
archive-inner = it is an archive within an archive, which is not read
archive-empty = it holds no files that are read
warc-damaged = its record { $record } does not say how long it is
warc-packed = the page is packed as { $how }, which is not read
warc-others = { $count } other records of the archive are no articles (pictures, styles, scripts, pages that were not there)
import-merge = the set of { $name } has work in { $count ->
    [one] one of these articles ({ $first }
   *[other] { $count } of these articles (the first is { $first }
}; { $have } annotations): --merge adds to it, and nothing came in
import-into-gold = there is work in { $count ->
    [one] one of these articles ({ $first }
   *[other] { $count } of these articles (the first is { $first }
}; { $have } annotations of { $name }): --into-gold adds to the adjudicated set, and nothing came in
import-nameless = the files do not say whose the annotations are: --annotator NAME does
import-not-model = the set of { $name } is not a model's: only a model's predictions are replaced
import-left-out = { $error }; { $count } annotations of article { $article } were left out
import-no-name = the files have no { $part } of the name "{ $from }"; there are { $there }
import-not-in-schema = the schema does not have the { $part } "{ $to }", and --extend-schema adds it; there are { $there }
import-nearest = { $sentence } (perhaps "{ $nearest }")
import-kind-not-noted = the kind of the sets is not noted: { $why }
import-comment = { $error }; comment { $comment } on article { $article } was left out
export-needs-folder = the parts of a split need a folder
export-is-folder = { $format } is a folder of files, not one file
export-changed = article { $article } has changed meanwhile: try again
split-form = "{ $text }" is not a split: write 80/10/10, 80/20 or train=80/dev=10/test=10
split-twice = "{ $text }" is not a split: two parts are called { $name }
split-name = "{ $text }" is not a split: { $name } cannot be a file's name on every system
split-share = "{ $text }" is not a split: { $piece } is not a share above 0
split-parts = "{ $text }" is not a split: it has to have 2 to { $parts } parts
export-no-set = no set is named
export-one-set = { $format } holds one set; name one of { $names }
export-set-gone = there is no set of { $missing }; there is { $there }
export-label-gone = there is no label { $missing }; there are { $there }
export-unreadable = its files cannot be read
export-no-article = no article fits what was chosen

## Formats

format-bioc = BioC: collections of documents, as XML and JSON
format-bioc-notes = A document is an article, its passages a line each. Infons are attributes, an identifier is a referent, relations are records without words whose roles are their nodes.
format-docee = DocEE: articles with one event and the words of its arguments
format-docee-notes = The event is a label of the article as a whole, with words in its roles.
format-dygie = DyGIE++: sentences with entities, relations, events and clusters
format-dygie-notes = Relations are roles of their first end, events have entities or bare words in their roles, clusters are referents.
format-gate = GATE XML: texts with sets of annotations
format-gate-notes = Each set is that of an annotator of its name; features are attributes, matches are referents. Tokens, sentences and the tags of the page are left out.
format-hf-tokens = Token classification of Hugging Face: rows of tokens and tags
format-hf-tokens-notes = JSON Lines, JSON and Parquet; each row is an article. Tags that are numbers are called as the card, dataset_info.json, config.json or the Parquet file says. Rows of GLiNER are read, too.
format-maven = MAVEN and MAVEN-ARG: triggers of events, entities and arguments
format-maven-notes = Mentions of one event or entity have one referent; the arguments stand with the first mention of an event. Negative triggers are left out.
format-read-only = { $format } is read only
format-brat = brat standoff: .txt and .ann beside each other
format-brat-notes = Frames without a trigger are written where two annotations fill their two roles (as relations). Notes lose their line breaks, attributes' values and names their white space. Records are called T1, E1, R1.
format-cas-json = UIMA CAS JSON 0.4.0: a file for each article, for INCEpTION and DKPro
format-cas-json-notes = Each file holds its types. Mentions are NamedEntity with the label as value; frames, zones and labels of whole articles are the layers webanno.custom.Frame, .Zone and .DocumentLabel with the features label, id, note and roles (links with role and target). Records without a span stand at 0 and have no width. Only the first value of an attribute is kept.
format-cas-xmi = UIMA CAS XMI: a file for each article and a type system, for INCEpTION and DKPro
format-cas-xmi-notes = The types are in TypeSystem.xml. Mentions are NamedEntity with the label as value; frames, zones and labels of whole articles are the layers webanno.custom.Frame, .Zone and .DocumentLabel with the features label, id, note and roles (links with role and target). Records without a span stand at 0 and have no width. Only the first value of an attribute is kept. Characters that XML cannot hold become tab stops.
format-conll = Columns (CoNLL and its kin): a token a line, mentions as tags
format-conll-notes = Written: mentions only. Of mentions that overlap one is kept (outermost or innermost), or each label has a column of its own. Spans are widened to whole tokens; articles are told apart by -DOCSTART- lines. Read: CoNLL-2002 and 2003, CoNLL-2012 (names and coreference), CoNLL-U (tags as a key in MISC or a column, Entity), GermEval, HIPE, Universal NER, MultiCoNER, WNUT, Kaggle's tables and what is like them, in any scheme of tags; which column is what is recognised and said, or said by --columns; what is not plausible is refused. Scripts without blanks are joined without.
format-csv = CSV tables: articles, mentions, trips, claims, links, referents, judgements
format-csv-notes = For spreadsheets. Cells that a spreadsheet would take for a formula begin with an apostrophe. Several fillers of a role stand in one cell, parted by " | "; links.csv has each on a row of its own.
format-graphml = GraphML: a network of referents, trips, claims and judgements
format-graphml-notes = For Gephi, Cytoscape, yEd, NetworkX and igraph. Referents, frames, and mentions that no referent joins are nodes; roles, identity and judgements are edges, directed. Values and bare words in roles stand at their frame.
format-doccano = doccano: JSON Lines with entities and relations
format-doccano-notes = Import it as sequence labelling with relations. Frames are entities, roles are relations, labels of whole articles are categories. Offsets count UTF-16 units, as doccano's window does. Each user is read as a set, and comments as comments on the article.
format-ecb = ECB+ and CoNLL-2012 coreference: what is the same across articles
format-ecb-notes = Markables are called as their labels, in capitals; each referent is a markable without tokens and a CROSS_DOC_COREF, with its id as instance_id and note. coref.conll and cross.conll are keys for the reference scorer: clusters have the same numbers in all articles, and cross.conll is all articles as one document. Spans are widened to whole tokens. Files of ECB+ are read: what is the same across them is one referent, which the register ecb+ names.
format-hf = Hugging Face datasets: Parquet (and JSON Lines) with a card
format-hf-notes = As datasets.load_dataset(folder) takes it: labels are ClassLabels, dev is called validation, and croissant.json describes the same. tokens and ner_tags (BIO) are there beside the annotations: of mentions that overlap the outermost, or the innermost. start and end are -1 where an annotation has no words. Labels that the schema does not know are left out.
format-jejak-jsonl = Jejak's own record: everything, one article a line
format-jejak-jsonl-notes = Nothing is lost. Every line but the last is one article and stands for itself.
format-label-studio = Label Studio: tasks with annotations, and the labelling configuration
format-label-studio-notes = Paste config.xml as the labelling interface, then import tasks.json. Frames are regions, roles are relations, attributes are choices of a region, labels of whole articles are choices of the task. Each annotation of a task is the set of who completed it; predictions are read where there are no annotations. JSON-MIN, CSV and TSV are read, too; regions of pages by their globalOffsets; the text is under the key that config.xml or the regions name.
format-muc4 = MUC-4 templates (GTT JSON): trips and claims without triggers
format-muc4-notes = A frame is a template: its label is incident_type, each role lists the words that fill it with where they begin. Frames lose words of their own; entities are left out: their words fill the roles. Of several mentions of one filler in a file, the first is read.
format-prodigy = Prodigy: JSON Lines with spans and relations
format-prodigy-notes = Frames are spans, roles are relations from the frame to its filler. A span that does not begin and end with a token has no token numbers. Each annotator or session is read as a set, chosen options and categories as labels of the whole article. Tasks that were rejected or ignored are counted.
format-pubannotation = PubAnnotation JSON: denotations, relations, attributes
format-pubannotation-notes = Offsets count UTF-16 units, as the editor TextAE does; a file that counts otherwise is read with --unit. Roles are relations from the frame to its filler. Each track is read as the set of its project.
format-rams = RAMS: trips and claims as events, words as their arguments
format-rams-notes = Offsets count tokens of the article, the last one counted in; spans are widened to whole tokens, and white space is lost. Entities are left out: their words fill the roles. Frames need words of their own. All frames of an article are on its line, where the data set itself has one event a line.
format-spacy = spaCy DocBin: entities, span group sc, categories
format-spacy-notes = As spacy train and DocBin().from_disk take it. Every span is in doc.spans["sc"], widened to whole tokens; doc.ents has the mentions that do not overlap (the outermost, or the innermost). Labels of whole articles are doc.cats; what is known about an article is doc.user_data. Training data as JSON of versions 2 and 3 is read, too; a kb_id becomes a referent.
format-w3c = W3C Web Annotation: JSON-LD with positions and quotes
format-w3c-notes = Each fragment is a target with a TextPositionSelector and a TextQuoteSelector; roles are linking annotations. Of where a record came from, who and when are kept. Pages, collections, lists and single annotations are read, of Recogito and Hypothesis, too; their text lies beside as .txt, or is named as target. Places are those of positions, quotes and char= fragments; each creator is an annotator.
format-webanno-tsv3 = WebAnno TSV 3.3: a token a line, layers in columns, for INCEpTION
format-webanno-tsv3-notes = Mentions are NamedEntity with the label as value. Before importing, INCEpTION needs the layers that a file names: webanno.custom.Frame, .Zone, .DocumentLabel and .Words, with a feature label, one for each attribute, note, and roles (links). A file names only what it uses. Records without a span stand at 0 and have no width; records are called 1, 2, 3; only the first value of an attribute is kept.
format-wikievents = WikiEvents: trips and claims as events, entities as their arguments
format-wikievents-notes = Offsets count tokens of the article, whose places in the text stand beside them; spans are widened to whole tokens. Frames need words of their own, and only entities and bare words fill their roles. Bare words are entity mentions without a type.

# Corpus: the filter
filter-no-key = "{ $name }:" is not a key: write label:, is:, in:, from:, until:, by: or state:
filter-no-value = After "{ $name }:" there is no value
filter-open-quote = A quotation mark is not closed
filter-not-a-date = "{ $text }" is not a date: write 2024, 2024-06 or 2024-06-18
filter-no-label = "{ $text }" is not a label of the schema
filter-no-state = "{ $text }" is not a state: write one of { $known }
filter-not-days = A period cannot be taken away: write from: and until: without -
# Corpus: many articles at once.
corpus = Corpus
corpus-trips = Trips
corpus-job = Reading all articles
corpus-reading = Reading all articles…
corpus-reading-words = Reading the words
corpus-no-articles = There are no articles yet: Ctrl+I adds some.
corpus-none-fits = Nothing fits the filter.
corpus-nothing-chosen = Nothing is chosen.
corpus-no-words = no words of its own
corpus-set = set: { $name }
corpus-set-shown = shown now
corpus-whose-title = Whose sets are looked at?
corpus-opens-first = Enter opens the words in their article; there they can be changed.
corpus-filter = filter
corpus-filter-hint = words, label:, is:, in:, from:, until:, by:, state: (Ctrl+L)
corpus-clear = Clear
corpus-copied = The table is in the clipboard, its columns divided by tabs.
corpus-when = When
corpus-state = State
corpus-back-hint = Alt+←: back here
command-corpus-up = Row above
command-corpus-down = Row below
command-corpus-left = Column before
command-corpus-right = Column after
command-corpus-page-up = A page up
command-corpus-page-down = A page down
command-corpus-first = First row
command-corpus-last = Last row
command-corpus-open = Open in the article
command-corpus-copy = Copy the table
command-corpus-whose = Whose sets are looked at…
command-corpus-clear = Clear the filter
command-corpus-back = Back to the corpus (Alt+←)
command-trips-unfold = Slots of the trip
command-trips-counts = Numbers
command-trips-mark = Mark the trip
command-trips-join = One trip…
command-trips-part = Split off this cell
command-trips-conflicts = Conflicts only
command-trips-why = The rule by which articles conflict
trips-proposal = May be { $trip }
trips-near-miss = Is not proposed as { $trip }
trips-in-articles = { $trip } in { $articles }
trips-marked = marked
trips-mark-first = Go to a trip that may be one, or mark one with Space and go to the other.
trips-cell-first = Go to the cell that is split off: one article of a trip that several tell of.
trips-not-all = Nothing of the trip would be left.
trips-parted = “{ $name }” is another trip than “{ $other }” now.
trips-why = { $conflict }. { $rule }.
trips-no-why = No article contradicts another one about this trip.
trips-join-title = One trip of two
trips-join-yes = Make one of them
trips-join-name = “{ $other }” becomes “{ $one }”, which then { $count ->
    [one] { $count } article tells of.
   *[other] { $count } articles tell of.
}
trips-join-slot = { $slot }: { $values }
trips-join-several = { $slot }: { $values } (all stay)
trips-join-conflicts = { $count ->
    [one] Then { $count } conflict remains to be looked at:
   *[other] Then { $count } conflicts remain to be looked at:
}
trips-rows = Rows
trips-rows-trips = trips
trips-rows-travellers = travellers
trips-rows-places = places
trips-columns-articles = articles by date
trips-columns-months = months
trips-columns-publishers = publishers
trips-no-date = no date
trips-no-publisher = publisher not known
trips-nobody = nobody named
trips-nowhere = no place
trips-none = No trip is marked yet.
trips-unjoined = Not joined to any trip yet
trips-unjoined-hint = the work list: one row for each mention of a trip that has no identity
trips-count = { $count ->
    [one] { $count } trip
   *[other] { $count } trips
 }
trips-sums = { $joined } joined, { $unjoined } not yet, { $conflicts ->
    [0] no conflict
    [one] { $conflicts } conflict
   *[other] { $conflicts } conflicts
 }
trips-cell-conflict = articles conflict
trips-cell-empty = nothing said
sign-planned = planned, expected
sign-ongoing = ongoing
sign-completed = completed
sign-cancelled = cancelled, denied
sign-unjoined = not joined
days-about = about { $days }
days-from = from { $day }
days-until = until { $day }
days-none = days not said
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
hint-corpus-trips = arrows cell · Enter words · Space marks · m one trip · s splits off · n not the same · u unsure · c conflicts · w why · F1 all keys
hint-came-from-corpus = Alt+← back to the corpus · F1 all keys
corpus-timeline = Timeline
command-timeline-closer = Closer
command-timeline-further = Further away
command-timeline-everything = All of time
command-timeline-lanes = Lanes by something else
timeline-lanes = Lanes: { $by }
timeline-undated = { $count ->
    [one] { $count } trip without a date
   *[other] { $count } trips without a date
 }
timeline-years = { $from } to { $until }
timeline-period = period that is shown
timeline-no-state = state not said
lanes-traveller = traveller
lanes-place = place
lanes-state = status
hint-corpus-timeline = ↑ ↓ ← → trip · + - zoom · Home everything · Shift+drag filters by period · l lanes · Enter opens the words · F1 all keys


# Corpus: what contradicts, and what may be one
conflict-days = Days do not meet
conflict-days-rule = Two articles say days of one stretch that have none in common. An approximate date may be wrong by a month, and so may a plan be that an earlier article tells of
conflict-places = Places differ
conflict-places-rule = Two articles lead to places of which none is one of the other's, lies in one of them, or has one of them in it; places that the gazetteer does not know are not compared
conflict-state = Status goes backwards
conflict-state-rule = A later article says that it is less far than an earlier one said, or one says that it took place and another that it did not. A plan that is told before does not contradict what is told after
conflict-says = { $what }: { $one } and { $other }
not-proposed-days = { $days ->
    [one] { $days } day lies between them
   *[other] { $days } days lie between them
}
not-proposed-places = no place in common
not-proposed-judged = it was judged
proposed-who = same { $who }
proposed-place = { $place } in common
proposed-places = { $one } goes with { $other }
proposed-days = days that meet
proposed-days-near = { $days ->
    [one] { $days } day apart
   *[other] { $days } days apart
}
proposed-no-days = no days to compare
proposed-for = { $who }, { $place }, { $days }
proposed-not = { $who }, but { $not }
corpus-claims = Claims
corpus-changing = The last change is still being made: press the key again.
corpus-change-job = Making the change
command-claims-next = Next pair
command-claims-previous = Previous pair
command-claims-same = The two claims are the same
command-claims-supports = The left claim supports the right one
command-claims-contradicts = The two claims contradict each other
command-claims-other-time = The two claims speak of other times
command-claims-unrelated = The two claims have nothing to do with each other
command-claims-unjudge = Take the answer back
command-claims-contradicted = Contradicted only
claims-progress = { $judged } of { $all } judged
claims-question = Do these two go together?
claims-common = underlined words are common to both
claims-opposite = one affirms, one denies
claims-other-values = their days do not meet
claims-near = about one thing, near words
claims-same-claimant = one claimant, near words
claims-same = Same
claims-supports = Supports
claims-contradicts = Contradicts
claims-other-time = Other time
claims-unrelated = Unrelated
claims-publishers = Publishers
claims-claim = Claim
claims-all = All claims
claims-all-hint = { $count }, the same ones joined; copies of one report count once
claims-not-said = not said
claims-no-pairs = No two claims that may have to do with each other are marked yet.
claims-none = No claim is marked yet.
claims-none-contradicted = No claim is contradicted.
claims-contradicted-by = contradicted by { $count }
claims-proposed = Proposed: { $verdict }
claims-judged = Answered: { $verdict }
claims-pair-first = o shows the pairs again; the answers are about two claims.
claims-one-already = The two are one claim already.
claims-gone = What was marked in { $article } is not there any more
hint-corpus-claims = = same · + supports · - contradicts · t other time · 0 unrelated · Tab next · ← → side, Enter opens it · o all claims · F1 all keys
hint-corpus-all-claims = ↑ ↓ claim · c contradicted only · Enter opens the words · o pairs · F1 all keys
claims-nothing-said = Nothing was said of just these two; other answers make it so
join-against = "{ $one }" and "{ $other }" cannot be called { $says }: { $why }
join-said = "{ $one }" and "{ $other }" are called { $says }
join-said-and = { $before }; { $said }

## Suggestions

command-ghost-accept = Accept the suggestion and go on
command-ghost-reject = Reject the suggestion and go on
command-ghost-strong = Accept all strong suggestions in view
command-ghost-next = Next suggestion
command-ghost-previous = Previous suggestion
command-ghost-list = List of suggestions…
command-suggest = Suggest annotations / suggest nothing
command-suggestions = Sources of suggestions…
ghosts-looking = Suggestions are being looked for…
ghosts-done = No suggestions: this article is done.
ghosts-read-only = No suggestions: nothing can be changed here.
ghosts-without = No suggestions here: this article is one of those that come without, so that one can see what suggestions do.
ghosts-nothing-learned = No suggestions: nothing is marked yet that one can learn from.
ghosts-nothing = No suggestions left in this article.
ghosts-off = Suggestions are off.
ghosts-none-strong = No strong suggestion is in view.
ghosts-counted = { $count ->
    [one] { $count } suggestion
   *[other] { $count } suggestions
}
ghosts-accept = Accept
ghosts-accept-words = Accept “{ $words }”
ghosts-reject = Reject
ghosts-accept-strong = Accept { $count } strong
ghosts-all = All { $count }
ghosts-list = List
ghosts-sources = Sources…
ghost-tag = { $title }?
ghost-tag-key = { $title }?  { $key }
ghost-spoken = suggested: { $label } “{ $words }”
ghost-detail = { $label }{ $value } · { $percent } % · { $source }
say-ghost-shown = Shown first: { $what }. Press the key again.
say-accepted = Accepted: { $what }
say-accepted-strong = { $count ->
    [one] { $count } suggestion accepted; one undo takes it back.
   *[other] { $count } suggestions accepted; one undo takes them back.
}
say-rejected = Rejected: { $what }. It is not suggested in this article again.
say-suggesting = Suggestions are on: dotted words are nobody’s annotation until you accept them.
say-not-suggesting = Suggestions are off; what you accepted stays.
suggestions-title = Suggestions
suggestions-about = Jejak learns from your own work in this project, on this machine. A suggestion becomes your annotation by your key alone.
suggestions-on = Suggest annotations
suggestions-without = Articles that come without suggestions, drawn by their text:
suggestions-percent = { $share } %
source-lexicon = Words marked before
source-lexicon-about = Names that you have marked, with their label and who they are.
source-tagger = Words like them
source-tagger-about = Words that look and stand like those in your finished articles.
source-dates = Dates
source-dates-about = Phrases of time in Indonesian and English, with the day that they mean.
step-accept = accept a suggestion
step-accept-all = accept { $count } suggestions
step-reject = reject a suggestion
command-ghost-zones = Accept all suggested zones of the article
ghosts-no-zones = No zone is suggested in this article.
ghosts-zones = { $count ->
    [one] { $count } zone
   *[other] { $count } zones
}
source-zones = Text that does not count
source-zones-about = Headlines, bylines, captions, adverts and copies, a line each.
source-set = Set of the model { $name }
source-set-about = What stands in that set; as sure as it was right so far.
source-program = Program { $name }
source-program-runs = Runs for each article that you open, { $seconds } s at most: { $line }
source-program-placed = This article: { $placed } of { $count } placed.
source-program-unplaced = This article: { $placed } of { $count } placed; nowhere in it: { $words }.
source-program-change = Change { $name }…
source-program-add = Add a program…
source-program-again = Ask programs again
program-title = A program that suggests
program-about = It gets the article, the labels and finished sentences as one line of JSON, and answers with one line (docs/suggestions.md). What it does with them is its own matter: it may send them elsewhere.
program-name = Name
program-program = Program
program-arguments = Arguments, one a line
program-seconds = Seconds for an article, at most
program-remove = Remove this program
program-name-wrong = The name has letters, digits, - and _, and no other program has it.
program-path-wrong = The program is a whole path, or a bare name that the system finds.
program-run-title = Run “{ $name }”?
program-run-message = For each article that you open, Jejak will run: { $line }. It gets the text of the article and may do with it whatever it likes.
program-run-yes = Run it
program-asking = Asking { $name }…
program-relative = { $name } is not run: { $program } is neither a whole path nor a bare name
program-not-started = { $name } cannot be run: { $program }: { $why }
program-too-slow = { $name } had no answer within { $seconds } s and was ended
program-too-much = { $name } said more than { $megabytes } MB or more lines than it was asked for, and was ended
program-no-text = { $name } answered with something that is not text
program-complains = { $name } ended with an error: { $words }
program-failed = { $name } ended with code { $code } and said nothing
program-killed = { $name } was ended by the system
program-lines = { $name } answered { $count } of { $wanted } lines
program-no-answer = { $name } answered with something that is not an answer: { $why }
program-too-many = { $name } made { $count } suggestions for one article; more than { $most } are not taken
source-frames = Trips and claims
source-frames-about = Words that begin one, with what of the same sentence fills its roles.
source-record = { $label }: { $right } of { $count } right
source-silent = { $label }: { $right } of { $count } right; silent, since fewer than one in three of the latest was right
ghost-card = { $label }? “{ $words }”
ghost-card-about = Nobody’s yet: accepting takes it with all of this that is not struck out.

fates-nothing = No suggestion has been answered in this project yet.
fates-help = Of everybody who was shown suggestions. Precision is the share of answers that were an acceptance without a change; the time runs from when keys were about a suggestion until it was accepted.
fates-all = { $offered } suggestions shown in { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}: { $accepted } accepted as they were, { $corrected } corrected, { $rejected } rejected.
fates-saved = The answers took { $gestures ->
    [one] { $gestures } key or click
   *[other] { $gestures } keys and clicks
}; by hand the same would have taken about { $hand }.
fates-hasty = { $hasty } of { $timed } that were accepted one by one took less than half a second: too short to read them.
column-offered = Shown
column-accepted = Accepted
column-corrected = Corrected
column-rejected = Rejected
column-precision = Precision
column-median = Median time
ghost-no-such-part = This suggestion has { $count } parts.
ghost-part-in = Takes it along again.
ghost-part-out = Leaves it out.
say-left-out = Left out: { $title }. Accept takes the rest.
say-taken-in = Comes along again: { $title }.
began-as-suggestions = { $count } of { $records } records of { $name } began as suggestions of { $source }; figures of that source are not independent
assistance-title = Agreement with and without suggestions
assistance-help = Articles that two of those who are compared have begun. One counts as worked on with suggestions where one of them was shown some and answered them or was done; a share of articles comes without, so that the two can be compared.
assistance-one-sort = There is nothing to compare: { $with } with suggestions, { $without } without.
assistance-with = With ({ $count })
assistance-without = Without ({ $count })
