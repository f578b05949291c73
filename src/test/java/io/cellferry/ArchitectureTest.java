package io.cellferry;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/// The layout of this code is a promise: who may import whom, who may touch files, who may know the framework.
class ArchitectureTest {

    private static final String ROOT = "io.cellferry";
    private static final Path SOURCES = Path.of("src/main/java/io/cellferry");
    /// Folders of `jobs` that are no job, but what several jobs share: they import no job, and any job may import them.
    private static final String[] SHARED_BY_JOBS = {
        ROOT + ".jobs.planning", ROOT + ".jobs.turning", ROOT + ".jobs.variablegenes"
    };
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void everyModuleImportsOnlyWhatItsPackageInfoAllows() {
        ApplicationModules.of(ROOT, new ImportOption.DoNotIncludeTests()).verify();
    }

    @Test
    void everyModuleSaysWhatItMayImport() throws IOException {
        try (var modules = Files.list(SOURCES)) {
            assertThat(modules.filter(Files::isDirectory))
                    .allSatisfy(module -> assertThat(module.resolve("package-info.java"))
                            .content()
                            .containsPattern("@ApplicationModule\\(\\s*allowedDependencies = "));
        }
    }

    @Test
    void packagesHaveNoCyclesAtAnyDepth() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    /// From one job to another, and from what is shared to any job.
    @Test
    void jobsNeverImportEachOther() {
        slices().matching(ROOT + ".jobs.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED_BY_JOBS))
                .check(MAIN);
    }

    @Test
    void aFolderOfJobsIsAJobUnlessItIsNamedAsShared() throws IOException {
        try (var folders = Files.list(SOURCES.resolve("jobs"))) {
            List<String> shared = folders.filter(Files::isDirectory)
                    .map(folder -> ROOT + ".jobs." + folder.getFileName())
                    .filter(folder -> MAIN.stream()
                            .noneMatch(type -> type.getPackageName().equals(folder)
                                    && type.isAssignableTo(ROOT + ".jobs.ConversionJob")))
                    .toList();
            assertThat(shared).containsExactlyInAnyOrder(SHARED_BY_JOBS);
        }
    }

    @Test
    void onlyJobsAndLaunchKnowTheFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".jobs..", ROOT + ".launch..")
                .and()
                .haveNameNotMatching(".*package-info")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(MAIN);
    }

    @Test
    void onlyJobsBuildSteps() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".jobs..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.batch.core.step.builder.StepBuilder")
                .check(MAIN);
    }

    @Test
    void onlyOneClassStartsBatchJobs() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".launch.RunLauncher")
                .should()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        owner(assignableTo("org.springframework.batch.core.launch.JobOperator"))))
                .check(MAIN);
    }

    @Test
    void onlyTheHdf5LayerSeesTheHdf5Library() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".dataset.hdf5..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.jhdf..")
                .check(MAIN);
    }

    /// Readers stand on `dataset.tree`; what keeps the tree is the business of whoever opens it.
    @Test
    void onlyTheDoorsOfAStoreKnowTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".dataset.hdf5..", ROOT + ".dataset.hdf5input..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".dataset.hdf5..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".dataset..")
                .and()
                .resideOutsideOfPackage(ROOT + ".dataset.anndatazarr..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".zarr..")
                .check(MAIN);
    }

    @Test
    void onlyStorageCreatesMovesOrDeletesFiles() {
        String changing =
                "(write|writeString|newOutputStream|newBufferedWriter|newByteChannel|create.*|delete.*|move|copy"
                        + "|set.*)";
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".storage..")
                .should()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(owner(type(Files.class)))
                        .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(nameMatching(changing))))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        .and(fullName("java.io.FileOutputStream")
                                .or(fullName("java.io.RandomAccessFile"))
                                .or(fullName("java.io.FileWriter"))))
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that(resideInAnyPackage(ROOT + ".."))
                .should(haveANullMarkedPackage())
                .check(MAIN);
    }

    @Test
    void noMainFileHasMoreThanFourHundredLines() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > 400)
                    .map(Path::toString)
                    .toList();
            assertThat(tooLong).isEmpty();
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static com.tngtech.archunit.lang.ArchCondition<com.tngtech.archunit.core.domain.JavaClass>
            haveANullMarkedPackage() {
        return new com.tngtech.archunit.lang.ArchCondition<>("lie in a @NullMarked package") {
            @Override
            public void check(
                    com.tngtech.archunit.core.domain.JavaClass type, com.tngtech.archunit.lang.ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(
                        type, marked, type.getName() + " lies in a package without @NullMarked"));
            }
        };
    }
}
