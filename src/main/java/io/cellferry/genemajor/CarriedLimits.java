package io.cellferry.genemajor;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.zarr.ZarrType;
import java.util.Optional;

/// Why an element is left behind as a whole although its kind is carried: one of the arrays it is made of cannot be.
/// Half an element would be worse than none, because AnnData then opens nothing of the store.
///
/// Members of groups are looked at one by one, so a group has no reason of its own.
final class CarriedLimits {

    private CarriedLimits() {}

    /// The reason, to follow the words that something is not carried.
    static Optional<String> unfit(Element element) {
        return switch (element) {
            case Element.Numbers numbers -> unfit(numbers.values());
            case Element.Texts texts ->
                CarriedChunks.unfit(ZarrType.TEXT, texts.values().shape()).map(why -> "an array of texts " + why);
            case Element.Categories categories ->
                unfit(categories.codes()).or(() -> part("a category whose labels are", categories.labels()));
            case Element.Masked masked ->
                unfit(masked.mask()).or(() -> part("a nullable array whose values are", masked.values()));
            case Element.Sparse sparse ->
                unfit(sparse.values()).or(() -> unfit(sparse.places())).or(() -> unfit(sparse.starts()));
            case Element.Records records ->
                CarriedChunks.unfit(ZarrType.ROW, records.shape()).map(why -> "a table of records " + why);
            case Element.Mapping mapping -> Optional.empty();
            case Element.Frame frame -> Optional.empty();
            case Element.Nothing nothing -> Optional.empty();
            case Element.Unknown unknown -> Optional.empty();
        };
    }

    private static Optional<String> part(String whole, Element part) {
        return switch (part) {
            case Element.Numbers numbers -> unfit(numbers);
            case Element.Texts texts -> unfit(texts);
            case Element.Unknown unknown -> Optional.of("%s %s".formatted(whole, unknown.found()));
            default -> Optional.of(whole + " neither numbers nor texts");
        };
    }

    private static Optional<String> unfit(NumberArray values) {
        return CarriedChunks.unfit(ZarrType.valueOf(values.type().name()), values.shape())
                .map(why -> "an array of numbers " + why);
    }
}
