package io.cellferry.storage;

import java.io.IOException;
import java.nio.file.Path;

/// The main class of another process: owns an output, says so, and works on until it is told to end or killed.
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        RunTarget target = RunTarget.folder(arguments[1], Path.of(arguments[0]), "{}", TinyConversion.INPUT, "test");
        Opening opening = new RunFolders(new RealDisk()).open(target);
        if (opening instanceof Opening.Opened opened) {
            try (RunFolder folder = opened.folder()) {
                try (UnitWriter unit = folder.begin("first");
                        StagedFile file = unit.output("first.bin")) {
                    file.write(new byte[] {1, 2, 3});
                    file.finish();
                    unit.commit();
                }
                System.out.println("owned");
                System.out.flush();
                while (System.in.read() >= 0) {
                    // Works on.
                }
            }
        }
    }
}
