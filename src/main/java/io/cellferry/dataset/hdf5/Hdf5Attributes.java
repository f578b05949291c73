package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.chunks.Lines;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.index.TreeTwo;
import io.cellferry.dataset.texts.TextBytes;
import io.cellferry.dataset.tree.Attributes;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeNode;
import io.jhdf.object.message.AttributeMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The attributes of one node.
///
/// Each question names the kind of answer it wants and is empty both when there is no such attribute and when it is of
/// another kind. An attribute that cannot be read is refused only when asked for. Attributes are small: a few kilobytes
/// each, held as long as the node.
public final class Hdf5Attributes implements Attributes {

    private static final int ATTRIBUTES_BY_NAME = 8;

    private final OpenFile file;
    private final String path;
    private final Once<Map<String, ByteBuffer>> messages;

    Hdf5Attributes(OpenFile file, String path, ObjectHeader header) {
        this.file = file;
        this.path = path;
        this.messages = new Once<>(() -> Guard.reading(file.path(), path + " (attributes)", () -> list(header)));
    }

    @Override
    public List<String> names() {
        return List.copyOf(messages.get().keySet());
    }

    @Override
    public Optional<List<String>> texts(String name) {
        return value(name, value -> {
            if (value.count() == 0) {
                return Optional.of(List.of());
            }
            return value.type().scalar().type() instanceof ElementType.Text
                    ? Optional.of(value.texts(file))
                    : Optional.empty();
        });
    }

    @Override
    public Optional<long[]> wholes(String name) {
        return value(name, value -> {
            if (value.count() == 0) {
                return Optional.of(new long[0]);
            }
            return value.type().valueType().isPresent() ? value.wholes() : Optional.empty();
        });
    }

    @Override
    public Optional<Boolean> flag(String name) {
        return whole(name).filter(whole -> whole == 0 || whole == 1).map(whole -> whole == 1);
    }

    @Override
    public Optional<TreeNode> reference(String name) {
        Optional<Long> address = value(
                name,
                value -> value.type().type() instanceof ElementType.Reference
                                && value.count() == 1
                                && value.type().bytes() == file.bytes().offsetBytes()
                        ? Optional.of(file.bytes()
                                .address(ByteBuffer.wrap(value.data()).order(java.nio.ByteOrder.LITTLE_ENDIAN)))
                        : Optional.empty());
        return address.map(at -> file.node(at, "%s@%s".formatted(path, name)));
    }

    private record Value(StoredType type, int count, byte[] data) {

        List<String> texts(OpenFile file) {
            StoredType text = type.scalar();
            String[] texts = new String[data.length / text.bytes()];
            if (texts.length > 0) {
                new ElementValues(file.bytes(), text, text.bytes(), 0)
                        .texts(data, Lines.one(0, texts.length, 0), texts);
            }
            return Arrays.asList(texts);
        }

        Optional<long[]> wholes() {
            StoredType number = type.scalar();
            long[] wholes = new long[data.length / number.bytes()];
            return ElementValues.wholes(number, data, wholes) ? Optional.of(wholes) : Optional.empty();
        }
    }

    private <T> Optional<T> value(String name, Function<Value, Optional<T>> reading) {
        ByteBuffer body = messages.get().get(name);
        if (body == null) {
            return Optional.empty();
        }
        return Guard.reading(file.path(), "%s@%s".formatted(path, name), () -> reading.apply(parse(body)));
    }

    private Value parse(ByteBuffer body) {
        AttributeMessage message = new AttributeMessage(
                body.duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN), file.storage(), new BitSet());
        ByteBuffer stored = message.getDataBuffer();
        StoredType type = StoredType.of(message.getDataType());
        if (stored == null) {
            return new Value(type, 0, new byte[0]);
        }
        byte[] data = new byte[stored.remaining()];
        stored.get(data);
        return new Value(type, data.length / type.bytes(), data);
    }

    private Map<String, ByteBuffer> list(ObjectHeader header) {
        Map<String, ByteBuffer> found = new LinkedHashMap<>();
        header.messages().stream()
                .filter(message -> message.kind() == ObjectHeader.ATTRIBUTE)
                .map(file::unshared)
                .forEach(message -> found.putIfAbsent(name(message.read()), message.read()));
        header.first(ObjectHeader.ATTRIBUTE_INFO).ifPresent(info -> dense(info.read(), found));
        return found;
    }

    /// Version, flags, optional greatest creation index (2 bytes), address of a heap of attribute messages, address of
    /// the tree that names them; its records are heap id (8 bytes), flags, creation order (4), hash (4).
    private void dense(ByteBuffer info, Map<String, ByteBuffer> found) {
        FileBytes bytes = file.bytes();
        FileBytes.version(info, 0, "an attribute information message");
        if ((info.get() & 1) != 0) {
            info.getShort();
        }
        long heapAddress = bytes.address(info);
        long treeAddress = bytes.address(info);
        if (heapAddress == FileBytes.NOWHERE) {
            return;
        }
        FractalHeap heap = new FractalHeap(bytes, heapAddress);
        List<byte[]> ids = new ArrayList<>();
        TreeTwo.read(bytes, treeAddress, ATTRIBUTES_BY_NAME, (record, recordBytes) -> {
            byte[] id = new byte[recordBytes - 9];
            record.get(id);
            if ((record.get() & 2) != 0) {
                throw new Malformed("a shared attribute, which is not supported");
            }
            ids.add(id);
        });
        for (byte[] id : ids) {
            ByteBuffer message = heap.object(id);
            found.putIfAbsent(name(message.duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN)), message);
        }
    }

    /// Version, flags or reserved byte, sizes of name, type and space (2 bytes each), in version 3 a character set,
    /// then the name with a zero byte at its end.
    private static String name(ByteBuffer message) {
        int version = message.get();
        int nameBytes = Short.toUnsignedInt(message.getShort(2));
        int at = version == 3 ? 9 : 8;
        if (version < 1 || version > 3 || nameBytes > message.limit() - at) {
            throw new Malformed("an attribute of version %d with a name of %,d bytes".formatted(version, nameBytes));
        }
        byte[] letters = new byte[nameBytes];
        message.get(at, letters);
        int end = 0;
        while (end < letters.length && letters[end] != 0) {
            end++;
        }
        return TextBytes.decode(letters, 0, end);
    }
}
