//! The coastlines of the world.

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::ZlibDecoder;

/// A point as longitude and latitude in degrees.
type Point = (f32, f32);

/// The rings of all land, closed, of Natural Earth at 1:110 million. Borders between countries are not in it.
pub fn coast() -> &'static [Vec<Point>] {
    static COAST: OnceLock<Vec<Vec<Point>>> = OnceLock::new();
    COAST.get_or_init(|| {
        let mut bytes = Vec::new();
        let file: &[u8] = include_bytes!("../../assets/gazetteer/coast.z");
        ZlibDecoder::new(file).read_to_end(&mut bytes).expect("the bundled coastlines are whole");
        rings(&bytes)
    })
}

/// Reads rings: the number of points, then for each point two numbers in hundredths of a degree, 16 bits each.
fn rings(bytes: &[u8]) -> Vec<Vec<Point>> {
    let mut numbers = bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
    let mut rings = Vec::new();
    while let Some(points) = numbers.next() {
        let points = usize::from(points as u16);
        let degrees = |number: i16| f32::from(number) / 100.0;
        let mut point = || Some((degrees(numbers.next()?), degrees(numbers.next()?)));
        rings.push((0..points).map_while(|_| point()).collect());
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_closed_and_on_the_globe() {
        let rings = coast();
        assert!(rings.len() > 100);
        for ring in rings {
            assert_eq!(ring.first(), ring.last());
            assert!(ring.iter().all(|(east, north)| east.abs() <= 180.01 && north.abs() <= 90.01));
        }
    }
}
