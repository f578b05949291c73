package io.cellferry.omexml;

import io.cellferry.failure.Problem;
import java.util.List;

/// The images an OME-XML text describes, in its order, and what is wrong with the text. No problem refuses: pixels
/// can be read without any of it, and whoever needs a value knows that it is missing.
///
/// | code | what is wrong | what is left |
/// |---|---|---|
/// | `input.ome.missing` `input.ome.other` | there is no text, or it is no OME-XML | no image |
/// | `input.ome.xml` | not well-formed, or beyond the bounds of a description | no image |
/// | `input.ome.companion` | the description lies in another file | no image |
/// | `input.ome.pixels` | an image without `Pixels`, or (a note) with several | not that image, or the first |
/// | `input.ome.number` `input.ome.unit` `input.ome.date` | a value is none, or (a note) in pixels | the rest |
/// | `input.ome.pixel-size` | the size of a pixel is known along one side only | the rest |
/// | `input.ome.reference` | what is referred to is not described | what the reference says |
/// | `input.ome.more` | a hundred problems were listed and these were not | |
public record OmeDocument(List<OmeImage> images, List<Problem> problems) {

    public OmeDocument {
        images = List.copyOf(images);
        problems = List.copyOf(problems);
    }
}
