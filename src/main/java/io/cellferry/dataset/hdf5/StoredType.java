package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.matrix.ValueType;
import io.jhdf.object.datatype.ArrayDataType;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.Reference;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How one element lies in the file: [ElementType] for others, and what is needed to read it.
///
/// `bytes` is the size of an element. `members` are the fields of a compound, or the single element type of a
/// sub-array or an enumeration.
record StoredType(ElementType type, int bytes, boolean bigEndian, TextForm textForm, List<Member> members) {

    /// How text ends.
    enum TextForm {
        /// Not text.
        NONE,
        /// In the global heap; the element holds length, address and index.
        VARIABLE,
        /// Up to the first zero byte.
        ZERO_TERMINATED,
        /// Without the zero bytes at the end.
        ZERO_PADDED,
        /// Without the spaces at the end.
        SPACE_PADDED
    }

    record Member(String name, int offset, StoredType type) {}

    /// Larger elements are no data but damage.
    private static final int MOST_ELEMENT_BYTES = 64 << 20;

    StoredType {
        members = List.copyOf(members);
        if (bytes <= 0 || bytes > MOST_ELEMENT_BYTES) {
            throw new Malformed("elements of %,d bytes".formatted(bytes));
        }
    }

    static StoredType of(DataType stored) {
        return switch (stored) {
            case FixedPoint whole -> whole(whole);
            case FloatingPoint real -> real(real);
            case StringData text ->
                new StoredType(new ElementType.Text(), text.getSize(), false, form(text.getPaddingType()), List.of());
            case VariableLength list -> variable(list);
            case EnumDataType names -> enumeration(names);
            case CompoundDataType table -> compound(table);
            case ArrayDataType array -> array(array);
            case Reference reference -> plain(new ElementType.Reference(), reference.getSize());
            default ->
                other(
                        "class %d (%s)"
                                .formatted(
                                        stored.getDataClass(), stored.getClass().getSimpleName()),
                        stored);
        };
    }

    private static StoredType plain(ElementType type, int bytes) {
        return new StoredType(type, bytes, false, TextForm.NONE, List.of());
    }

    private static StoredType other(String name, DataType stored) {
        return plain(new ElementType.Other(name), stored.getSize());
    }

    private static StoredType variable(VariableLength list) {
        return list.isVariableLengthString()
                ? new StoredType(new ElementType.Text(), list.getSize(), false, TextForm.VARIABLE, List.of())
                : other("lists of variable length", list);
    }

    private static StoredType whole(FixedPoint whole) {
        int bytes = whole.getSize();
        boolean usual = Integer.bitCount(bytes) == 1 && bytes <= 8;
        if (!usual || whole.getBitOffset() != 0 || whole.getBitPrecision() != 8 * bytes) {
            return other("integer of %d bits in %d bytes".formatted(whole.getBitPrecision(), bytes), whole);
        }
        return new StoredType(
                new ElementType.Whole(bytes, whole.isSigned()),
                bytes,
                whole.getByteOrder() == ByteOrder.BIG_ENDIAN,
                TextForm.NONE,
                List.of());
    }

    /// IEEE half, single and double; bfloat16 and others have the same widths and are told apart by their parts.
    private static StoredType real(FloatingPoint real) {
        int bytes = real.getSize();
        boolean ieee =
                switch (bytes) {
                    case 2 -> hasParts(real, 5, 10, 15);
                    case 4 -> hasParts(real, 8, 23, 127);
                    case 8 -> hasParts(real, 11, 52, 1023);
                    default -> false;
                };
        if (!ieee) {
            return other(
                    "floating point of %d bytes with exponent of %d and mantissa of %d bits"
                            .formatted(bytes, real.getExponentSize(), real.getMantissaSize()),
                    real);
        }
        return new StoredType(
                new ElementType.Real(bytes),
                bytes,
                real.getByteOrder() == ByteOrder.BIG_ENDIAN,
                TextForm.NONE,
                List.of());
    }

    private static boolean hasParts(FloatingPoint real, int exponent, int mantissa, int bias) {
        return real.getExponentSize() == exponent
                && real.getMantissaSize() == mantissa
                && real.getExponentBias() == bias
                && real.getExponentLocation() == mantissa
                && real.getMantissaLocation() == 0
                && real.getBitOffset() == 0
                && real.getMantissaNormalization() == 2
                && real.getSignLocation() == exponent + mantissa;
    }

    private static TextForm form(StringData.PaddingType padding) {
        return switch (padding) {
            case NULL_TERMINATED -> TextForm.ZERO_TERMINATED;
            case NULL_PADDED -> TextForm.ZERO_PADDED;
            case SPACE_PADDED -> TextForm.SPACE_PADDED;
        };
    }

    private static StoredType enumeration(EnumDataType names) {
        StoredType base = of(names.getBaseType());
        if (!(base.type() instanceof ElementType.Whole)) {
            return other("enumeration of " + base.type().name(), names);
        }
        Map<Integer, String> byNumber = new TreeMap<>(names.getEnumMapping());
        boolean flag = base.bytes() == 1 && byNumber.equals(Map.of(0, "FALSE", 1, "TRUE"));
        ElementType type = flag ? new ElementType.Flag() : new ElementType.Enumeration(List.copyOf(byNumber.values()));
        return new StoredType(type, base.bytes(), base.bigEndian(), TextForm.NONE, List.of(new Member("", 0, base)));
    }

    private static StoredType compound(CompoundDataType table) {
        List<Member> members = new ArrayList<>();
        List<ElementType.Field> fields = new ArrayList<>();
        for (CompoundDataType.CompoundDataMember stored : table.getMembers()) {
            StoredType type = of(stored.getDataType());
            if (stored.getOffset() < 0 || stored.getOffset() > table.getSize() - type.bytes()) {
                throw new Malformed(
                        "field \"%s\" lies beyond its row of %,d bytes".formatted(stored.getName(), table.getSize()));
            }
            members.add(new Member(stored.getName(), stored.getOffset(), type));
            fields.add(new ElementType.Field(stored.getName(), type.type()));
        }
        return new StoredType(new ElementType.Compound(fields), table.getSize(), false, TextForm.NONE, members);
    }

    private static StoredType array(ArrayDataType array) {
        StoredType element = of(array.getBaseType());
        if (array.getSize() % element.bytes() != 0) {
            throw new Malformed(
                    "a sub-array of %,d bytes with elements of %,d".formatted(array.getSize(), element.bytes()));
        }
        List<Integer> shape = extents(array, array.getSize() / element.bytes());
        return shape.isEmpty()
                ? other("arrays of %d dimensions".formatted(array.getArrayTypeDimensions().length), array)
                : new StoredType(
                        new ElementType.SubArray(element.type(), shape),
                        array.getSize(),
                        false,
                        TextForm.NONE,
                        List.of(new Member("", 0, element)));
    }

    /// jHDF 0.13 takes the extents of version-2 arrays for every other number of what is stored: all extents, then
    /// a permutation that nobody uses. Of two it knows the first and of three the first and the last; the one that
    /// lacks follows from the number of elements. Of more there is no telling: none then. Can go once jHDF reads
    /// them.
    private static List<Integer> extents(ArrayDataType array, int elements) {
        int[] found = array.getArrayTypeDimensions();
        List<Integer> shape = new ArrayList<>();
        if (array.getVersion() != 2 || found.length < 2) {
            Arrays.stream(found).forEach(shape::add);
        } else if (found.length == 2 && found[0] > 0) {
            shape.addAll(List.of(found[0], elements / found[0]));
        } else if (found.length == 3 && found[0] > 0 && found[1] > 0) {
            shape.addAll(List.of(found[0], (int) (elements / ((long) found[0] * found[1])), found[1]));
        }
        long product = shape.isEmpty() ? elements : 1;
        for (int extent : shape) {
            product = extent < 1 || extent > elements ? 0 : product * extent;
            if (product > elements || product == 0) {
                break;
            }
        }
        if (product != elements) {
            throw new Malformed("a sub-array of %,d elements with the extents %s".formatted(elements, shape));
        }
        return shape;
    }

    /// How numbers of this type are delivered; empty when they are no numbers.
    Optional<ValueType> valueType() {
        return switch (type) {
            case ElementType.Whole whole -> Optional.of(wholeValueType(whole));
            case ElementType.Real real -> Optional.of(real.bytes() == 8 ? ValueType.FLOAT64 : ValueType.FLOAT32);
            case ElementType.Flag flag -> Optional.of(ValueType.INT32);
            case ElementType.Enumeration names -> members.getFirst().type().valueType();
            case ElementType.SubArray array -> members.getFirst().type().valueType();
            case ElementType.Text text -> Optional.empty();
            case ElementType.Compound table -> Optional.empty();
            case ElementType.Reference reference -> Optional.empty();
            case ElementType.Other other -> Optional.empty();
        };
    }

    private static ValueType wholeValueType(ElementType.Whole whole) {
        return switch (whole.bytes()) {
            case 1, 2 -> ValueType.INT32;
            case 4 -> whole.signed() ? ValueType.INT32 : ValueType.UINT32;
            default -> whole.signed() ? ValueType.INT64 : ValueType.UINT64;
        };
    }

    /// The type of one number or text: of the elements of a sub-array, of the numbers of an enumeration, else itself.
    StoredType scalar() {
        return switch (type) {
            case ElementType.SubArray array -> members.getFirst().type().scalar();
            case ElementType.Enumeration names -> members.getFirst().type();
            case ElementType.Flag flag -> members.getFirst().type();
            case ElementType.Whole whole -> this;
            case ElementType.Real real -> this;
            case ElementType.Text text -> this;
            case ElementType.Compound table -> this;
            case ElementType.Reference reference -> this;
            case ElementType.Other other -> this;
        };
    }
}
