//! A section as a file: CSV of what it says, or a picture of how it looks.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use eframe::egui::{self, ColorImage, Rect};

use super::picture::Picture;
use super::state::Dashboard;
use crate::figures::table_csv;
use crate::store::atomic;
use crate::t;
use crate::ui::commands::{FigureFile, Section};
use crate::ui::widgets::jobs::{Jobs, Outcome};

/// The place where the shown section goes if nothing else is said: beside the project.
#[must_use]
pub fn suggested(root: &Path, section: Section, file: FigureFile) -> String {
    let extension = if file == FigureFile::Picture { "png" } else { "csv" };
    let project = root.file_name().map_or("project".into(), |name| name.to_string_lossy());
    root.with_file_name(format!("{project}-{}.{extension}", section.file())).display().to_string()
}

fn write(path: &Path, bytes: &[u8]) -> Result<String, String> {
    let written = atomic::write(path, bytes).map(|()| t!("figures-written", path = path.display()));
    written.map_err(|why| t!("figures-unwritable", path = path.display(), why = crate::say::io(&why)))
}

impl Dashboard {
    /// Begins to write the section that is shown.
    pub(super) fn save(&mut self, jobs: &Jobs, path: PathBuf, file: FigureFile) {
        if file == FigureFile::Picture {
            self.picture = Some(Picture::Asked(path));
            return;
        }
        if let (Section::Suggestions, Some(fates)) = (self.section, self.fates().cloned()) {
            let job = jobs.start(t!("figures-job"), move |_| write(&path, table_csv(fates.table()).as_bytes()));
            self.picture = Some(Picture::Writing(job));
            return;
        }
        let Some((report, shown)) = self.measured().cloned() else { return };
        let (section, family) = (self.section, self.family);
        let job = jobs.start(t!("figures-job"), move |_| write(&path, shown.csv(&report, section, family).as_bytes()));
        self.picture = Some(Picture::Writing(job));
    }

    /// Brings a file on its way; says when it is written, or why it cannot be.
    pub fn pictured(&mut self, ctx: &egui::Context, jobs: &Jobs) -> Option<Result<String, String>> {
        match self.picture.take()? {
            Picture::Asked(path) => {
                let (sender, taken) = channel();
                let theirs = ctx.clone();
                ctx.request_screenshot(move |image| {
                    // Whoever closed the dashboard does not want it any more.
                    let _ = sender.send(image);
                    theirs.request_repaint();
                });
                self.picture = Some(Picture::Awaited(path, taken));
            }
            Picture::Awaited(path, taken) => {
                let (Ok(image), Some(area)) = (taken.try_recv(), self.area) else {
                    self.picture = Some(Picture::Awaited(path, taken));
                    return None;
                };
                let scale = ctx.pixels_per_point();
                let job = jobs.start(t!("figures-job"), move |_| match png(&image, area, scale) {
                    Ok(bytes) => write(&path, &bytes),
                    Err(why) => Err(t!("figures-no-picture", why = crate::say::io(&why.into()))),
                });
                self.picture = Some(Picture::Writing(job));
            }
            Picture::Writing(job) => match job.poll() {
                Outcome::Running => self.picture = Some(Picture::Writing(job)),
                Outcome::Done(said) => return Some(said),
                Outcome::Broken => return Some(Err(t!("figures-broken").to_owned())),
            },
        }
        None
    }
}

/// The part of the window's picture that lies in `area` (in points), as PNG.
fn png(image: &ColorImage, area: Rect, scale: f32) -> Result<Vec<u8>, png::EncodingError> {
    let whole = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(image.size[0] as f32, image.size[1] as f32));
    let part = (area * scale).intersect(whole);
    let (left, top) = (part.left().max(0.0) as usize, part.top().max(0.0) as usize);
    let (right, bottom) = ((part.right().max(0.0) as usize).max(left), (part.bottom().max(0.0) as usize).max(top));
    let mut pixels = Vec::with_capacity((right - left) * (bottom - top) * 4);
    for row in image.pixels.chunks(image.size[0].max(1)).take(bottom).skip(top) {
        pixels.extend(row[left..right.min(row.len())].iter().flat_map(egui::Color32::to_array));
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, (right - left) as u32, (bottom - top) as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_cut_to_its_area_in_pixels() {
        let pixels = (0..12).map(egui::Color32::from_gray).collect();
        let image = ColorImage::new([4, 3], pixels);
        // Points (0.5, 0.5) to (1.5, 1.5) at two pixels a point.
        let bytes = png(&image, Rect::from_min_max(egui::pos2(0.5, 0.5), egui::pos2(1.5, 1.5)), 2.0).expect("encodes");
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().expect("is a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
        let info = reader.next_frame(&mut pixels).expect("has a frame");
        assert_eq!((info.width, info.height), (2, 2));
        assert_eq!(pixels.chunks(4).map(|pixel| pixel[0]).collect::<Vec<_>>(), [5, 6, 9, 10]);
    }
}
