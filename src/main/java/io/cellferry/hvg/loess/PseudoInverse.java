package io.cellferry.hvg.loess;

/// Solves small square systems by singular values, leaving out directions the numbers say nothing about.
///
/// One-sided Jacobi rotations: as accurate for the small singular values as for the large ones.
final class PseudoInverse {

    /// Singular values up to this share of the largest are taken for zero, as in the netlib code: 100 roundings.
    private static final double NEGLIGIBLE = 100 * Math.ulp(1.0);

    /// Columns whose cosine is that small are orthogonal as far as doubles can tell.
    private static final double ORTHOGONAL = 4 * Math.ulp(1.0);

    /// A column this much shorter than the matrix is rounding noise: turning it would only make more of it.
    private static final double NOISE = 0x1p-70;

    /// Three columns settle within five or six sweeps; more would be a defect, not a hard case.
    private static final int MOST_SWEEPS = 60;

    private PseudoInverse() {}

    /// The shortest of the vectors z for which `matrix` z comes closest to `right`. `matrix` is destroyed.
    static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        double[][] turned = new double[size][size];
        for (int i = 0; i < size; i++) {
            turned[i][i] = 1;
        }
        orthogonalise(matrix, turned);
        double[] singular = new double[size];
        double largest = 0;
        for (int column = 0; column < size; column++) {
            singular[column] = Math.sqrt(dot(matrix, column, column));
            largest = Math.max(largest, singular[column]);
        }
        double[] solution = new double[size];
        for (int column = 0; column < size; column++) {
            if (singular[column] > largest * NEGLIGIBLE) {
                double share = 0;
                for (int row = 0; row < size; row++) {
                    share += matrix[row][column] * right[row];
                }
                share = share / singular[column] / singular[column];
                for (int row = 0; row < size; row++) {
                    solution[row] += share * turned[row][column];
                }
            }
        }
        return solution;
    }

    /// Rotates pairs of columns until all are orthogonal: `matrix` becomes U times the singular values, `turned` V.
    private static void orthogonalise(double[][] matrix, double[][] turned) {
        int size = matrix.length;
        double length = 0;
        for (int column = 0; column < size; column++) {
            length += dot(matrix, column, column);
        }
        double noise = length * (NOISE * NOISE);
        boolean rotated = true;
        for (int sweep = 0; rotated; sweep++) {
            if (sweep == MOST_SWEEPS) {
                throw new IllegalStateException("the columns of a %d x %d matrix do not settle".formatted(size, size));
            }
            rotated = false;
            for (int left = 0; left < size - 1; left++) {
                for (int right = left + 1; right < size; right++) {
                    rotated |= rotate(matrix, turned, left, right, noise);
                }
            }
        }
    }

    private static boolean rotate(double[][] matrix, double[][] turned, int left, int right, double noise) {
        double both = dot(matrix, left, right);
        double leftSquare = dot(matrix, left, left);
        double rightSquare = dot(matrix, right, right);
        boolean negligible = leftSquare <= noise || rightSquare <= noise;
        if (negligible || Math.abs(both) <= ORTHOGONAL * Math.sqrt(leftSquare) * Math.sqrt(rightSquare)) {
            return false;
        }
        double ratio = (rightSquare - leftSquare) / (2 * both);
        double tangent = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = cosine * tangent;
        turn(matrix, left, right, cosine, sine);
        turn(turned, left, right, cosine, sine);
        return true;
    }

    private static void turn(double[][] matrix, int left, int right, double cosine, double sine) {
        for (double[] row : matrix) {
            double leftValue = row[left];
            row[left] = cosine * leftValue - sine * row[right];
            row[right] = sine * leftValue + cosine * row[right];
        }
    }

    private static double dot(double[][] matrix, int left, int right) {
        double sum = 0;
        for (double[] row : matrix) {
            sum += row[left] * row[right];
        }
        return sum;
    }
}
