/// A profile of a run by the JDK's flight recorder: recorded inside the process, kept as a file that other tools read
/// too, and summed up in words.
@NullMarked
package io.cellferry.launch.profile;

import org.jspecify.annotations.NullMarked;
