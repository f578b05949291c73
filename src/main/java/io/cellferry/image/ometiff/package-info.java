/// TIFF and BigTIFF as microscopes and slide scanners write them, OME-TIFF among them: tiles and strips decoded one by
/// one, so that memory follows the tile and never the plane.
///
/// Every number in a file is doubted: offsets and counts are checked against the length of the file, sizes against
/// stated limits, before anything is allocated. Whatever is wrong is an [io.cellferry.failure.InputRefused] that names
/// file, directory, tile and offset.
@NullMarked
package io.cellferry.image.ometiff;

import org.jspecify.annotations.NullMarked;
