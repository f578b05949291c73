package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneSize;
import java.util.ArrayList;
import java.util.List;

/// Collects the planes of a file, directory by directory, and everything that is wrong with one of them: a directory
/// that cannot be read does not hide the others.
final class Planes {

    /// Each halves the one before, so that there cannot be many more.
    private static final int MOST_REDUCTIONS = 16;

    /// Further directories of a long series have the same problem.
    private static final int MOST_PROBLEMS = 100;

    private static final int REDUCED = 1;
    private static final int MASK = 4;

    /// Four turns, mirrored or not; 1 is upright, more means nothing.
    private static final int MOST_ORIENTATION = 8;

    private final TiffBytes bytes;
    private final List<Found> found = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int unlisted;
    private Description description = Description.NONE;

    Planes(TiffBytes bytes) {
        this.bytes = bytes;
    }

    /// A plane of one or more samples, and the sizes of its smaller copies found so far.
    private record Found(PlaneLayout layout, List<PlaneSize> reductions) {}

    void visit(Directory directory, int number) {
        if (number == 0) {
            description = new Description(bytes, directory, where(directory, number));
        }
        long kind = directory.number(Tag.NEW_SUBFILE_TYPE, 0);
        try {
            if ((kind & REDUCED) != 0 && !found.isEmpty()) {
                addReduction(found.getLast(), size(directory));
            } else if ((kind & MASK) != 0) {
                report(Problem.note(
                        "input.tiff.mask",
                        where(directory, number),
                        "is a transparency mask and left out",
                        "Nothing needs to be done."));
            } else {
                PlaneLayout layout = LayoutReader.read(directory, number);
                warnOfInversion(directory, number);
                warnOfOrientation(directory, number);
                found.add(new Found(layout, reductions(directory, number)));
            }
        } catch (Unsupported e) {
            report(Problem.refusal("input.tiff.unsupported", where(directory, number), e.found(), e.remedy()));
        } catch (Malformed e) {
            report(Problem.refusal("input.tiff.damaged", where(directory, number), e.found(), OmeTiffFile.COPY_AGAIN));
        }
    }

    private void warnOfInversion(Directory directory, int number) {
        if (directory.number(Tag.PHOTOMETRIC, 1) == 0) {
            report(Problem.warning(
                    "input.tiff.white-is-zero",
                    where(directory, number),
                    "says that 0 is white; values are taken as they are stored",
                    "If the picture looks inverted, write it again with 0 as black."));
        }
    }

    private void warnOfOrientation(Directory directory, int number) {
        long orientation = directory.number(Tag.ORIENTATION, 1);
        if (orientation > 1 && orientation <= MOST_ORIENTATION) {
            report(Problem.warning(
                    "input.tiff.orientation",
                    where(directory, number),
                    "says that it is to be turned or mirrored (Orientation %d); pixels are taken as they are stored"
                            .formatted(orientation),
                    "If the picture lies wrongly beside others, write it again with Orientation 1."));
        }
    }

    private List<PlaneSize> reductions(Directory directory, int number) {
        List<PlaneSize> sizes = new ArrayList<>();
        try {
            for (long offset : directory.numbers(Tag.SUB_DIRECTORIES, MOST_REDUCTIONS)) {
                sizes.add(size(Directory.read(bytes, directory.header(), offset)));
            }
        } catch (Malformed e) {
            report(Problem.warning(
                    "input.tiff.reduction",
                    where(directory, number),
                    "its smaller copies cannot be read: " + e.found(),
                    "They are not used; but the file may be damaged elsewhere too."));
        }
        return sizes;
    }

    private static void addReduction(Found plane, PlaneSize size) {
        if (plane.reductions().size() < MOST_REDUCTIONS) {
            plane.reductions().add(size);
        }
    }

    private static PlaneSize size(Directory directory) {
        long width = directory.number(Tag.IMAGE_WIDTH, "ImageWidth");
        long height = directory.number(Tag.IMAGE_LENGTH, "ImageLength");
        if (width < 1 || height < 1) {
            throw new Malformed("a smaller copy of %,d x %,d pixels".formatted(width, height));
        }
        return new PlaneSize(width, height);
    }

    private static String where(Directory directory, int number) {
        return "directory %d at offset %,d".formatted(number, directory.offset());
    }

    private void report(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            unlisted++;
        }
    }

    /// The file with its planes; refused if not one can be read.
    OmeTiffFile file() {
        if (found.isEmpty()) {
            Problem first =
                    problems.stream().filter(Problem::refuses).findFirst().orElseGet(problems::getFirst);
            throw new InputRefused(
                    "%s: no plane can be read; %s: %s.".formatted(bytes.path(), first.where(), first.found()),
                    first.refuses() ? first.remedy() : "Write it again with the picture itself.");
        }
        if (unlisted > 0) {
            problems.add(Problem.refusal(
                    "input.tiff.more",
                    "the directories after those",
                    "%,d more problems like these".formatted(unlisted),
                    "Mend the ones listed first."));
        }
        List<Plane> planes = new ArrayList<>();
        List<PlaneLayout> layouts = new ArrayList<>();
        int series = 0;
        for (Found each : found) {
            PlaneLayout layout = each.layout();
            if (!layouts.isEmpty() && !isSameSeries(layouts.getLast(), layout)) {
                series++;
            }
            for (int sample = 0; sample < layout.samples(); sample++) {
                planes.add(new Plane(
                        series,
                        layout.directory(),
                        sample,
                        layout.type(),
                        layout.blocks(),
                        layout.compression().words(),
                        each.reductions(),
                        layout.pixelSize()));
                layouts.add(layout);
            }
        }
        return new OmeTiffFile(bytes, planes, layouts, description, problems);
    }

    private static boolean isSameSeries(PlaneLayout one, PlaneLayout other) {
        return one.type() == other.type() && one.blocks().equals(other.blocks());
    }
}
