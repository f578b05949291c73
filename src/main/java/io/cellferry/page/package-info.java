/// What people look at: HTML text that is safe to show, pictures drawn without a graphics library, and colours that
/// work on light and on dark ground. Knows nothing of cells or runs and touches no file.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.cellferry.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
