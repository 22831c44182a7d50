namespace Portal.Interaction.Surveys;

/// <summary>
/// How the answers to two questions go together. Cells of fewer than so many are not shown, and as many others as it takes
/// that nobody can work them out: the sums of rows and columns are public.
/// </summary>
public sealed record CrossTable
{
    public required string RowKey { get; init; }

    public required string RowTitle { get; init; }

    public required string ColumnKey { get; init; }

    public required string ColumnTitle { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<CrossRow> Rows { get; init; }

    public required IReadOnlyList<int> ColumnSums { get; init; }

    public required int Sum { get; init; }

    /// <summary>What counts fewer is hidden.</summary>
    public required int Smallest { get; init; }

    internal static CrossTable Of(SurveyQuestion rows, SurveyQuestion columns, int[,] cells, int smallest)
    {
        var hidden = SmallCells.Hide(cells, smallest);
        var (height, width) = (cells.GetLength(0), cells.GetLength(1));
        return new CrossTable
        {
            RowKey = rows.Key,
            RowTitle = rows.Title,
            ColumnKey = columns.Key,
            ColumnTitle = columns.Title,
            Columns = [.. columns.Options.Select(option => option.Label)],
            Rows =
            [
                .. rows.Options.Select((option, row) => new CrossRow(
                    option.Label,
                    [.. Enumerable.Range(0, width).Select(column => hidden[row, column] ? (int?)null : cells[row, column])],
                    Enumerable.Range(0, width).Sum(column => cells[row, column]))),
            ],
            ColumnSums = [.. Enumerable.Range(0, width).Select(column => Enumerable.Range(0, height).Sum(row => cells[row, column]))],
            Sum = cells.Cast<int>().Sum(),
            Smallest = smallest,
        };
    }
}

/// <summary>A row; a null is hidden.</summary>
public sealed record CrossRow(string Label, IReadOnlyList<int?> Cells, int Sum);

/// <summary>Chooses the cells of a table with public sums that must not be shown.</summary>
internal static class SmallCells
{
    /// <summary>
    /// Hides every cell below <paramref name="smallest"/>, and then further ones until, for each small cell, the sums allow
    /// both another value and one as large as <paramref name="smallest"/>, or as its row and column let it be at all.
    /// </summary>
    public static bool[,] Hide(int[,] cells, int smallest)
    {
        var (height, width) = (cells.GetLength(0), cells.GetLength(1));
        var hidden = new bool[height, width];
        foreach (var (row, column) in All(height, width))
        {
            hidden[row, column] = cells[row, column] < smallest;
        }

        var sums = new Sums(cells);
        while (true)
        {
            var exposed = All(height, width).FirstOrDefault(
                cell => cells[cell.Row, cell.Column] < smallest && IsExposed(cells, hidden, sums, cell, smallest), (Row: -1, Column: -1));
            if (exposed.Row < 0)
            {
                return hidden;
            }

            // The smallest shown cell of its row or column, so that as little as possible is lost; else of the whole table.
            var next = All(height, width).Where(cell => !hidden[cell.Row, cell.Column])
                .OrderBy(cell => cell.Row == exposed.Row || cell.Column == exposed.Column ? 0 : 1)
                .ThenBy(cell => cells[cell.Row, cell.Column]).First();
            hidden[next.Row, next.Column] = true;
        }
    }

    private static bool IsExposed(int[,] cells, bool[,] hidden, Sums sums, (int Row, int Column) cell, int smallest)
    {
        var value = cells[cell.Row, cell.Column];
        var most = Math.Min(sums.Rows[cell.Row], sums.Columns[cell.Column]);
        // What the sums alone say, with every cell hidden, nothing can protect.
        if (most == Math.Max(0, sums.Rows[cell.Row] + sums.Columns[cell.Column] - sums.Total))
        {
            return false;
        }

        var more = Flow(cells, hidden, cell, Math.Max(Math.Min(smallest, most) - value, 1), rising: true);
        return value + more < Math.Min(smallest, most)
            || (more == 0 && (value == 0 || Flow(cells, hidden, cell, 1, rising: false) == 0));
    }

    // How far a cell may rise or fall while all sums and all shown cells stay: the rest of its row and column must make up
    // for it along hidden cells, which is a flow from its row to its column.
    private static int Flow(int[,] cells, bool[,] hidden, (int Row, int Column) cell, int enough, bool rising)
    {
        var (height, width) = (cells.GetLength(0), cells.GetLength(1));
        var left = (int[,])cells.Clone();
        var flow = 0;
        while (flow < enough && Path(left, hidden, cell, rising) is { } path)
        {
            // Steps alternate: a cell of the row falls, one of that column rises, and so on; one unit at a time.
            for (var i = 0; i < path.Count; i++)
            {
                var (row, column) = path[i];
                left[row, column] += i % 2 == 0 == rising ? -1 : 1;
            }

            flow++;
        }

        return rising ? flow : Math.Min(flow, cells[cell.Row, cell.Column]);

        List<(int Row, int Column)>? Path(int[,] now, bool[,] open, (int Row, int Column) from, bool up)
        {
            // Breadth first over rows and columns; the cell itself is not on its own way round.
            var (rowsSeen, columnsBy, rowsBy) = (new HashSet<int> { from.Row }, new int[width], new int[height]);
            Array.Fill(columnsBy, -1);
            Array.Fill(rowsBy, -1);
            Queue<int> rows = new([from.Row]);
            while (rows.TryDequeue(out var row))
            {
                for (var column = 0; column < width; column++)
                {
                    if (!open[row, column] || columnsBy[column] >= 0 || (row, column) == from || (up && now[row, column] == 0))
                    {
                        continue;
                    }

                    columnsBy[column] = row;
                    if (column == from.Column)
                    {
                        return Back();
                    }

                    for (var next = 0; next < height; next++)
                    {
                        if (open[next, column] && (next, column) != from && !rowsSeen.Contains(next) && (up || now[next, column] > 0))
                        {
                            rowsSeen.Add(next);
                            rowsBy[next] = column;
                            rows.Enqueue(next);
                        }
                    }
                }
            }

            return null;

            List<(int Row, int Column)> Back()
            {
                List<(int Row, int Column)> steps = [];
                var column = from.Column;
                while (true)
                {
                    var row = columnsBy[column];
                    steps.Add((row, column));
                    if (row == from.Row)
                    {
                        steps.Reverse();
                        return steps;
                    }

                    column = rowsBy[row];
                    steps.Add((row, column));
                }
            }
        }
    }

    private static IEnumerable<(int Row, int Column)> All(int height, int width) =>
        from row in Enumerable.Range(0, height) from column in Enumerable.Range(0, width) select (row, column);

    private sealed class Sums
    {
        public Sums(int[,] cells)
        {
            var (height, width) = (cells.GetLength(0), cells.GetLength(1));
            (Rows, Columns) = (new int[height], new int[width]);
            foreach (var (row, column) in All(height, width))
            {
                Rows[row] += cells[row, column];
                Columns[column] += cells[row, column];
                Total += cells[row, column];
            }
        }

        public int[] Rows { get; }

        public int[] Columns { get; }

        public int Total { get; }
    }
}
