package io.cellferry.hvg;

import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.CellRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The stored form of [Moments]. All numbers are big-endian.
///
/// ```
/// header   long  0x43464d4f4d000001 ("CFMOM", version 1)
///          int   kind of sums, genes, counts kept per gene, whether cell totals are counted (0 or 1)
///          int   first batch, end of batches, first cell, end of cells
///          long  values, fractions, negatives; double largest value
///          int   batches that follow
/// long     CRC-32C of the header
/// batches  int   batch, cells, genes, distinct cell totals
///          long  CRC-32C of everything before
///          long  three words per gene, as SumKind says
///          int   kept counts per gene, from small to large, free places first (only where counts are kept)
///          double total, int cells, for each distinct total from small to large
/// long     CRC-32C of everything before
/// ```
///
/// Equal states have equal bytes. Numbers are checked before memory is taken for what they announce.
final class MomentBytes {

    private static final long VERSION_1 = 0x43464d4f4d000001L;

    private MomentBytes() {}

    static void write(Moments moments, OutputStream out) {
        var data = new CheckedWriter(out);
        try {
            Moments.Shape shape = moments.shape();
            writeHeader(moments, data);
            data.writeChecksum();
            for (int batch = shape.slice().from(); batch < shape.slice().to(); batch++) {
                Moments.Batch sums = moments.batch(batch);
                if (sums != null) {
                    writeBatch(batch, sums, data);
                }
            }
            data.writeChecksum();
            data.flush();
        } catch (IOException e) {
            throw new StorageFailed(
                    "sums of %s could not be written: %s"
                            .formatted(moments.cells().partitionName(), e.getMessage()),
                    "Look at the disk, then run the same command again.",
                    e);
        }
    }

    static Moments read(InputStream in) {
        var data = new CheckedReader(in);
        try {
            if (data.readLong() != VERSION_1) {
                throw damaged("it does not start like one of this version", null);
            }
            int[] layout = new int[8];
            for (int i = 0; i < layout.length; i++) {
                layout[i] = data.readInt();
            }
            var survey = new ValueSurvey(data.readLong(), data.readLong(), data.readLong(), data.readDouble());
            int present = data.readInt();
            check(data);
            var slice = new BatchRange(layout[4], layout[5]);
            var shape = new Moments.Shape(SumKind.values()[layout[0]], layout[1], layout[2], layout[3] == 1, slice);
            var moments = new Moments(shape, new CellRange(layout[6], layout[7]), survey);
            for (int i = 0; i < present; i++) {
                readBatch(moments, data);
            }
            check(data);
            return moments;
        } catch (EOFException e) {
            throw damaged("it ends too early", e);
        } catch (IOException e) {
            throw new StorageFailed(
                    "stored sums could not be read: " + e.getMessage(),
                    "Look at the disk, then run the same command again.",
                    e);
        }
    }

    private static void writeHeader(Moments moments, CheckedWriter data) throws IOException {
        Moments.Shape shape = moments.shape();
        BatchRange slice = shape.slice();
        ValueSurvey survey = moments.survey();
        int present = 0;
        for (int batch = slice.from(); batch < slice.to(); batch++) {
            present += moments.batch(batch) == null ? 0 : 1;
        }
        data.writeLong(VERSION_1);
        data.writeInt(shape.kind().ordinal());
        data.writeInt(shape.genes());
        data.writeInt(shape.kept());
        data.writeInt(shape.totals() ? 1 : 0);
        data.writeInt(slice.from());
        data.writeInt(slice.to());
        data.writeInt(moments.cells().from());
        data.writeInt(moments.cells().to());
        data.writeLong(survey.values());
        data.writeLong(survey.fractions());
        data.writeLong(survey.negatives());
        data.writeDouble(survey.largest());
        data.writeInt(present);
    }

    private static void writeBatch(int place, Moments.Batch batch, CheckedWriter data) throws IOException {
        GeneSums sums = batch.sums();
        CellTotals totals = batch.totals();
        data.writeInt(place);
        data.writeInt(sums.cells());
        data.writeInt(sums.genes());
        data.writeInt(totals == null ? 0 : totals.distinct());
        data.writeChecksum();
        data.writeLongs(sums.words());
        Tails tails = batch.tails();
        if (tails != null) {
            int[] counts = new int[tails.kept()];
            for (int gene = 0; gene < sums.genes(); gene++) {
                tails.sorted(gene, counts);
                data.writeInts(counts);
            }
        }
        if (totals != null) {
            for (double total : totals.sorted()) {
                data.writeDouble(total);
                data.writeInt(totals.cells(total));
            }
        }
    }

    private static void readBatch(Moments moments, CheckedReader data) throws IOException {
        Moments.Shape shape = moments.shape();
        int batch = data.readInt();
        int cells = data.readInt();
        int genes = data.readInt();
        int distinct = data.readInt();
        check(data);
        long[] words = new long[Math.multiplyExact(genes, GeneSums.WORDS)];
        data.readLongs(words);
        Tails tails = shape.kept() > 0 ? new Tails(genes, shape.kept()) : null;
        if (tails != null) {
            readTails(tails, genes, data);
        }
        CellTotals totals = shape.totals() ? new CellTotals() : null;
        if (totals != null) {
            for (int i = 0; i < distinct; i++) {
                double total = data.readDouble();
                int having = data.readInt();
                if (having <= 0 || having > cells) {
                    throw damaged("it has a total of %,d of %,d cells".formatted(having, cells), null);
                }
                totals.add(total, having);
            }
        }
        moments.put(batch, new Moments.Batch(new GeneSums(shape.kind(), words, cells), tails, totals));
    }

    private static void readTails(Tails tails, int genes, CheckedReader data) throws IOException {
        int[] counts = new int[tails.kept()];
        for (int gene = 0; gene < genes; gene++) {
            data.readInts(counts);
            if (!tails.restore(gene, counts)) {
                throw damaged("its largest counts of gene %,d do not ascend".formatted(gene), null);
            }
        }
    }

    private static void check(CheckedReader data) throws IOException {
        if (!data.checksumFits()) {
            throw damaged("its checksum does not fit its bytes", null);
        }
    }

    private static StorageFailed damaged(String how, @org.jspecify.annotations.Nullable Throwable cause) {
        String found = "A file of sums is damaged: " + how + ".";
        String remedy = "Delete the work folder of this run and start it again; if it happens twice, check the disk.";
        return cause == null ? new StorageFailed(found, remedy) : new StorageFailed(found, remedy, cause);
    }
}
