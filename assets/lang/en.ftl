# The words of the window. Each message has a key, and a place in { } for what comes in; where a number comes in, Fluent
# chooses the form. Words for things are those of GLOSSARY.md. A message is one plain sentence; a button says what it does.

## Numbers of things

counted-articles = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
