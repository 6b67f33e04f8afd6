//! A renderer of its own for tests: triangles to pixels on the CPU, the same on every machine.
#![allow(clippy::unwrap_used)] // Tests may; clippy does not see that this is one.

use std::collections::HashMap;
use std::path::Path;

use eframe::egui::{
    ClippedPrimitive, Color32, ColorImage, Context, FullOutput, ImageData, Pos2, Rect, TextureId, TexturesDelta,
    epaint::Primitive, epaint::Vertex,
};

/// The textures that egui has made, and the means to draw with them.
#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, ColorImage>,
}

impl Raster {
    /// Takes over new and changed textures.
    pub fn textures(&mut self, delta: &mut TexturesDelta) {
        delta.free.drain().for_each(|id| drop(self.textures.remove(&id)));
        for (id, delta) in delta.set.drain().flat_map(|(id, all)| all.into_iter().map(move |delta| (id, delta))) {
            let ImageData::Color(image) = &delta.image;
            match (delta.pos, self.textures.get_mut(&id)) {
                (Some([x, y]), Some(whole)) => {
                    for row in 0..image.height() {
                        let to = (y + row) * whole.width() + x;
                        let from = row * image.width();
                        whole.pixels[to..to + image.width()].copy_from_slice(&image.pixels[from..from + image.width()]);
                    }
                }
                _ => drop(self.textures.insert(id, ColorImage::clone(image))),
            }
        }
    }

    /// Draws a frame.
    pub fn render(&self, ctx: &Context, output: &FullOutput) -> ColorImage {
        let scale = output.pixels_per_point;
        self.draw(ctx, &ctx.tessellate(output.shapes.clone(), scale), scale)
    }

    /// Draws the triangles of a frame.
    pub fn draw(&self, ctx: &Context, meshes: &[ClippedPrimitive], scale: f32) -> ColorImage {
        let size = ctx.viewport_rect().size() * scale;
        let mut image = ColorImage::filled([size.x.round() as usize, size.y.round() as usize], Color32::BLACK);
        for clipped in meshes {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            for corners in mesh.indices.chunks_exact(3) {
                let corners = [0, 1, 2].map(|i| mesh.vertices[corners[i] as usize]);
                triangle(&mut image, texture, clipped.clip_rect * scale, corners, scale);
            }
        }
        image
    }
}

/// Blends one triangle, with premultiplied alpha in gamma space as egui's own renderers do.
fn triangle(image: &mut ColorImage, texture: &ColorImage, clip: Rect, corners: [Vertex; 3], scale: f32) {
    let [a, b, c] = corners.map(|vertex| (vertex.pos.to_vec2() * scale).to_pos2());
    let area = cross(a, b, c);
    if area == 0.0 {
        return;
    }
    let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
    let from = [bounds.min.x.floor().max(0.0) as usize, bounds.min.y.floor().max(0.0) as usize];
    let until = [(bounds.max.x.ceil() as usize).min(image.width()), (bounds.max.y.ceil() as usize).min(image.height())];
    // An edge belongs to the triangle left of or above it, so that no pixel is blended twice.
    let edges = [(b, c), (c, a), (a, b)];
    let own = edges.map(|edge| top_left(edge, area));
    let weights = |p: Pos2| [cross(b, c, p) / area, cross(c, a, p) / area, cross(a, b, p) / area];
    let middle = |x: usize, y: usize| Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
    let inside = |x: usize, y: usize| {
        let p = middle(x, y);
        clip.contains(p) && weights(p).iter().zip(own).all(|(weight, own)| *weight > 0.0 || *weight == 0.0 && own)
    };
    let texel = |v: f32, size: usize| ((v * size as f32) as usize).min(size - 1);
    let sample = |u: f32, v: f32| {
        let at = texel(v, texture.height()) * texture.width() + texel(u, texture.width());
        texture.pixels[at].to_array().map(|c| f32::from(c) / 255.0)
    };
    let colours = corners.map(|vertex| vertex.color.to_array().map(f32::from));
    let one_colour = colours[0] == colours[1] && colours[1] == colours[2];
    let one_texel = corners[0].uv == corners[1].uv && corners[1].uv == corners[2].uv;
    let texel_of_all = sample(corners[0].uv.x, corners[0].uv.y);
    for y in from[1]..until[1] {
        // A row of a triangle is one piece.
        let Some(first) = (from[0]..until[0]).find(|&x| inside(x, y)) else { continue };
        let last = (first..until[0]).rev().find(|&x| inside(x, y)).unwrap_or(first);
        let row = &mut image.pixels[y * image.size[0] + first..=y * image.size[0] + last];
        if one_colour && one_texel {
            let source: [f32; 4] = std::array::from_fn(|i| colours[0][i] * texel_of_all[i]);
            match source[3] >= 255.0 {
                true => row.fill(blended(Color32::BLACK, source)),
                false => row.iter_mut().for_each(|pixel| *pixel = blended(*pixel, source)),
            }
            continue;
        }
        for (x, pixel) in (first..).zip(row) {
            let weights = weights(middle(x, y));
            let mix = |parts: [f32; 3]| (0..3).map(|i| parts[i] * weights[i]).sum::<f32>();
            let sample = match one_texel {
                true => texel_of_all,
                false => sample(mix(corners.map(|vertex| vertex.uv.x)), mix(corners.map(|vertex| vertex.uv.y))),
            };
            let colour = match one_colour {
                true => colours[0],
                false => std::array::from_fn(|i| mix(colours.map(|colour| colour[i]))),
            };
            *pixel = blended(*pixel, std::array::from_fn(|i| colour[i] * sample[i]));
        }
    }
}

/// A pixel with a premultiplied colour over it.
fn blended(below: Color32, source: [f32; 4]) -> Color32 {
    let under = below.to_array();
    let rest = 1.0 - source[3] / 255.0;
    let part = |i: usize| (source[i] + f32::from(under[i]) * rest + 0.5) as u8;
    Color32::from_rgba_premultiplied(part(0), part(1), part(2), 255)
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn top_left((from, to): (Pos2, Pos2), area: f32) -> bool {
    let (dx, dy) = ((to.x - from.x) * area.signum(), (to.y - from.y) * area.signum());
    dy < 0.0 || (dy == 0.0 && dx > 0.0)
}

/// Writes an image as PNG.
pub fn save(image: &ColorImage, path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, image.width() as u32, image.height() as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(image.as_raw()).unwrap();
}
