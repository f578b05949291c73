package io.cellferry.celldive;

import io.cellferry.image.Plane;
import io.cellferry.omexml.OmeChannel;
import java.nio.file.Path;

/// One channel of a region, bound to the file its pixels lie in.
///
/// `label` is round, dye and marker joined by underscores and is unique in its region; `shown` is what viewers show:
/// the label without its round unless two channels would be shown alike. `round` is as in the name (`1.0.4`),
/// `marker` may be empty. `plane` is the number of the plane among the file's planes. `colour` is red, green, blue.
public record ScanChannel(
        Path file,
        int plane,
        Plane stored,
        String label,
        String shown,
        String round,
        String dye,
        String marker,
        int colour,
        OmeChannel taken) {

    /// The same with what a row of a person's table says; its name is [#shown] already, its dye that of the scan.
    ScanChannel said(ChannelTable.Row row) {
        return new ScanChannel(
                file,
                plane,
                stored,
                label,
                shown,
                round,
                dye,
                marker,
                row.colour().orElse(colour),
                row.exposure().isPresent() ? taken.withExposure(row.exposure()) : taken);
    }
}
