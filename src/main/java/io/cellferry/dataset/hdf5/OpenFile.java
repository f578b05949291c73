package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.bytes.JhdfStorage;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.jhdf.Superblock;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// What all nodes of an open file share.
final class OpenFile {

    private final Path path;
    private final FileBytes bytes;
    private final JhdfStorage storage;
    private final Superblock superblock;

    OpenFile(Path path, FileBytes bytes, Superblock superblock) {
        this.path = path;
        this.bytes = bytes;
        this.superblock = superblock;
        this.storage = new JhdfStorage(bytes, superblock);
    }

    Path path() {
        return path;
    }

    FileBytes bytes() {
        return bytes;
    }

    JhdfStorage storage() {
        return storage;
    }

    Superblock superblock() {
        return superblock;
    }

    Hdf5Group root() {
        long address =
                switch (superblock) {
                    case Superblock.SuperblockV0V1 old -> {
                        // A symbol table entry: name offset, then the address of the object header.
                        ByteBuffer entry = bytes.read(
                                old.getRootGroupSymbolTableAddress() - old.getBaseAddressByte(),
                                2L * bytes.offsetBytes());
                        bytes.address(entry);
                        yield bytes.address(entry);
                    }
                    case Superblock.SuperblockV2V3 recent -> recent.getRootGroupObjectHeaderAddress();
                    default ->
                        throw new Malformed(
                                "a superblock of version %d".formatted(superblock.getVersionOfSuperblock()));
                };
        if (node(address, "/") instanceof Hdf5Group group) {
            return group;
        }
        throw new Malformed("the root is not a group");
    }

    /// The object whose header lies at `address`.
    TreeNode node(long address, String nodePath) {
        return Guard.reading(path, nodePath, () -> {
            ObjectHeader header = ObjectHeader.read(bytes, address);
            if (header.has(ObjectHeader.DATASPACE)) {
                return new Hdf5Dataset(this, nodePath, header, DatasetHeader.read(this, header));
            }
            if (header.has(ObjectHeader.DATATYPE)) {
                throw new InputRefused(
                        "%s: %s is a named data type, neither a group nor a data set.".formatted(path, nodePath),
                        "Name something else.");
            }
            return new Hdf5Group(this, nodePath, address, header);
        });
    }

    /// The message itself, or the one in another header that it stands for.
    ObjectHeader.Message unshared(ObjectHeader.Message message) {
        if (!message.isShared()) {
            return message;
        }
        ByteBuffer body = message.read();
        int version = Byte.toUnsignedInt(body.get());
        int type = Byte.toUnsignedInt(body.get());
        if (version == 0 || version > 3 || (version == 3 && type == 1)) {
            throw new Malformed(
                    "a message shared in a way (version %d, type %d) that is not supported".formatted(version, type));
        }
        if (version == 1) {
            body.position(body.position() + 6);
        }
        ObjectHeader.Message target = ObjectHeader.read(bytes, bytes.address(body))
                .first(message.kind())
                .orElseThrow(() -> new Malformed("a shared message that is not where it should be"));
        if (target.isShared()) {
            throw new Malformed("a shared message that points to a shared message");
        }
        return target;
    }
}
