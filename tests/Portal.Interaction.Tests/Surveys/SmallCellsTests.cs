using Portal.Interaction.Surveys;

namespace Portal.Interaction.Tests.Surveys;

/// <summary>What the sums of a table give away, worked out by trying every table there could be.</summary>
public sealed class SmallCellsTests
{
    private const int Smallest = 3;

    [Fact]
    public void No_small_cell_can_be_worked_out_from_what_is_shown()
    {
        var random = new Random(20261123);
        var hiddenLarge = 0;
        for (var round = 0; round < 600; round++)
        {
            var cells = Table(random, random.Next(2, 4), random.Next(2, 4));
            var hidden = SmallCells.Hide(cells, Smallest);
            hiddenLarge += Count(cells, hidden, cell => cell >= Smallest);
            Assert.Empty(Exposed(cells, hidden));
        }

        // Else the sums were never in the way, and the test shows nothing.
        Assert.True(hiddenLarge > 100);
    }

    [Fact]
    public void Hiding_the_small_cells_alone_would_give_them_away()
    {
        int[,] cells = { { 1, 9, 9 }, { 8, 7, 9 }, { 9, 9, 7 } };
        var small = new bool[3, 3];
        small[0, 0] = true;
        Assert.NotEmpty(Exposed(cells, small));
        Assert.Empty(Exposed(cells, SmallCells.Hide(cells, Smallest)));
    }

    [Fact]
    public void A_table_of_large_cells_is_shown_whole()
    {
        int[,] cells = { { 10, 20 }, { 30, 40 } };
        Assert.Equal(0, Count(cells, SmallCells.Hide(cells, Smallest), _ => true));
    }

    [Fact]
    public void The_largest_table_there_can_be_is_done_soon()
    {
        var random = new Random(7);
        var cells = new int[12, 12];
        foreach (var (row, column) in from row in Enumerable.Range(0, 12) from column in Enumerable.Range(0, 12) select (row, column))
        {
            cells[row, column] = random.Next(0, 12);
        }

        var hidden = SmallCells.Hide(cells, 5);
        Assert.True(Count(cells, hidden, cell => cell < 5) == Count(cells, new bool[12, 12], cell => cell < 5, whatever: true));
    }

    private static int Count(int[,] cells, bool[,] hidden, Func<int, bool> which, bool whatever = false)
    {
        var count = 0;
        for (var row = 0; row < cells.GetLength(0); row++)
        {
            for (var column = 0; column < cells.GetLength(1); column++)
            {
                count += (whatever || hidden[row, column]) && which(cells[row, column]) ? 1 : 0;
            }
        }

        return count;
    }

    private static int[,] Table(Random random, int height, int width)
    {
        var cells = new int[height, width];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                cells[row, column] = random.Next(3) == 0 ? random.Next(Smallest) : random.Next(8);
            }
        }

        return cells;
    }

    // All tables with the same sums and the same shown cells; a small cell must have another value in one of them, and be as
    // large as a shown one in one of them, unless the sums alone forbid it whatever is hidden.
    private static List<(int Row, int Column)> Exposed(int[,] cells, bool[,] hidden)
    {
        var (height, width) = (cells.GetLength(0), cells.GetLength(1));
        var rows = new int[height];
        var columns = new int[width];
        var (least, most) = (new int[height, width], new int[height, width]);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                least[row, column] = int.MaxValue;
                rows[row] += cells[row, column];
                columns[column] += cells[row, column];
            }
        }

        Try(new int[height, width], 0);
        List<(int, int)> exposed = [];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var bound = Math.Min(rows[row], columns[column]);
                var free = bound > Math.Max(0, rows[row] + columns[column] - rows.Sum());
                if (cells[row, column] < Smallest && free
                    && (most[row, column] < Math.Min(Smallest, bound) || least[row, column] == most[row, column]))
                {
                    exposed.Add((row, column));
                }
            }
        }

        return exposed;

        void Try(int[,] guess, int place)
        {
            if (place == height * width)
            {
                for (var column = 0; column < width; column++)
                {
                    if (Enumerable.Range(0, height).Sum(row => guess[row, column]) != columns[column])
                    {
                        return;
                    }
                }

                for (var row = 0; row < height; row++)
                {
                    for (var column = 0; column < width; column++)
                    {
                        least[row, column] = Math.Min(least[row, column], guess[row, column]);
                        most[row, column] = Math.Max(most[row, column], guess[row, column]);
                    }
                }

                return;
            }

            var (r, c) = (place / width, place % width);
            var left = rows[r] - Enumerable.Range(0, c).Sum(column => guess[r, column]);
            var above = columns[c] - Enumerable.Range(0, r).Sum(row => guess[row, c]);
            var (from, until) = !hidden[r, c] ? (cells[r, c], cells[r, c])
                : c == width - 1 ? (left, left) : (0, Math.Min(left, above));
            for (var value = from; value <= until && value <= left && value <= above; value++)
            {
                guess[r, c] = value;
                if (c < width - 1 || value == left)
                {
                    Try(guess, place + 1);
                }
            }

            guess[r, c] = 0;
        }
    }
}
