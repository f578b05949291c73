package io.cellferry.omexml;

import java.util.List;
import java.util.Locale;

/// Attributes for which the 2016-06 schema has a list of words; `Other` is in each.
///
/// Files of other years and programs spell them otherwise (`EM-CCD`, `Hg-Xe`, `1 x 1`), so letters and digits alone
/// are compared. What is in no list becomes `Other`.
enum SchemaWord {
    LASER_TYPE("Excimer Gas MetalVapor SolidState Dye Semiconductor FreeElectron"),
    LASER_MEDIUM(
            "Cu Ag ArFl ArCl KrFl KrCl XeFl XeCl XeBr N Ar Kr Xe HeNe HeCd CO CO2 H2O HFl NdGlass NdYAG ErGlass ErYAG"
                    + " HoYLF HoYAG Ruby TiSapphire Alexandrite Rhodamine6G CoumarinC30 GaAs GaAlAs EMinus"),
    ARC_TYPE("Hg Xe HgXe"),
    FILAMENT_TYPE("Incandescent Halogen"),
    DETECTOR_TYPE(
            "CCD IntensifiedCCD AnalogVideo PMT Photodiode Spectroscopy LifetimeImaging CorrelationSpectroscopy FTIR"
                    + " EMCCD APD CMOS EBCCD"),
    BINNING("1x1 2x2 4x4 8x8"),
    IMMERSION("Oil Water WaterDipping Air Multi Glycerol"),
    CORRECTION("UV PlanApo PlanFluor SuperFluor VioletCorrected Achro Achromat Fluor Fl Fluar Neofluar Fluotar Apo"
            + " PlanNeofluar");

    private static final String OTHER = "Other";

    private final List<String> words;

    SchemaWord(String words) {
        this.words = List.of(words.split(" "));
    }

    /// The words of the list but `Other`.
    List<String> words() {
        return words;
    }

    /// The word of the list that `text` means.
    String of(String text) {
        String letters = letters(text);
        return words.stream()
                .filter(word -> letters(word).equals(letters))
                .findFirst()
                .orElse(OTHER);
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replace('×', 'x').replaceAll("[^a-z0-9]", "");
    }
}
