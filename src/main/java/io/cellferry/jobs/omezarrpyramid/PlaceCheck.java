package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.JobRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Where images may be written.
final class PlaceCheck {

    private PlaceCheck() {}

    static void of(JobRequest request, List<Problem> problems) {
        Path output = request.output();
        for (Path part : output) {
            if (part.toString().toLowerCase(Locale.ROOT).contains(".zarr")) {
                problems.add(Problem.refusal(
                        "request.output",
                        output.toString(),
                        "expected a folder for one image per region, found a path with \".zarr\" in it; QuPath takes the"
                                + " first \".zarr\" of a path for the image.",
                        "Name a folder without it, such as zarr_output."));
                return;
            }
        }
    }
}
