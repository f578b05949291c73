/// Making bytes smaller and whole again, in memory: deflate, zstd, LZ4, Blosc and their relatives, without files and
/// without framework.
///
/// Encoders are pure Java and give the same bytes on every machine; decoders may use natives where they can be loaded
/// and give the same values without. Damaged input is `Malformed`, told in the words of the format; who knows file and
/// place adds them.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.cellferry.codec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
