using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using Portal.Shared.Text;

namespace Portal.Disclosure.AnnualReports;

/// <summary>
/// The tables of a report as a workbook: a sheet each, one heading row, numbers as numbers, so that they can be reckoned with;
/// the notes on overridden numbers on a sheet of their own.
/// </summary>
internal sealed class ReportWorkbook(ReportBody body, IStringLocalizer<ReportText> text)
{
    public async Task<byte[]> WriteAsync(ReportForm form, ReportContent content, CancellationToken cancellationToken)
    {
        Dictionary<string, object> sheets = [];
        List<Dictionary<string, object?>> notes =
        [
            Note(text["Workbook.Report"], content.Title),
            Note(text["Workbook.Form"], form.Source),
            Note(text["Workbook.Fees"], body.FeesOf(content)),
        ];
        foreach (var table in form.Tables)
        {
            foreach (var block in table.Blocks)
            {
                sheets[table.Name + block.Title] = Rows(table, block, content).ToList();
            }
        }

        notes.AddRange(
            from place in form.Places
            let cell = content.Cells.GetValueOrDefault(place.Key)
            where cell is { IsOverridden: true }
            select Note(text["Workbook.Override"], body.NoteOf(place, cell)));
        sheets[text["Workbook.Notes"]] = notes;
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(
            sheets, configuration: new OpenXmlConfiguration { EnableAutoWidth = true, FastMode = true }, cancellationToken: cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    private IEnumerable<Dictionary<string, object?>> Rows(ReportTable table, ReportBlock block, ReportContent content)
    {
        foreach (var row in block.Rows)
        {
            Dictionary<string, object?> line = new() { [text["Workbook.Row"]] = row.Code, [block.Head] = row.FullName };
            foreach (var column in block.Columns)
            {
                var name = column.Group is null ? column.Name : $"{column.Group}：{column.Name}";
                line[name] = content.Cells.GetValueOrDefault(ReportPlace.KeyOf(table, row, column))?.Value;
            }

            yield return line;
        }
    }

    private Dictionary<string, object?> Note(string what, string words) => new()
    {
        [text["Workbook.What"]] = what,
        [text["Workbook.Words"]] = words,
    };
}
