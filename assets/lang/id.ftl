# Kata-kata jendela dalam bahasa Indonesia. Kunci dan tempat dalam { } sama dengan en.ftl; istilah menurut GLOSSARY.md.

## Jumlah

counted-articles = { $count } artikel
