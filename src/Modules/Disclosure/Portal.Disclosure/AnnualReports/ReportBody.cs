using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;

namespace Portal.Disclosure.AnnualReports;

/// <summary>Writes a submitted report as the body of its document: sections, tables with captions, notes on overridden numbers.</summary>
internal sealed class ReportBody(IStringLocalizer<ReportText> text)
{
    public IReadOnlyList<ComposedPart> Of(ReportForm form, ReportContent content)
    {
        List<ComposedPart> parts = [];
        foreach (var section in form.Sections)
        {
            parts.Add(Html($"<h2>{Encode(section.Title)}</h2>"));
            if (section.Fees)
            {
                parts.Add(Html($"<p>{Encode(FeesOf(content))}</p>"));
            }

            if (content.Sections.GetValueOrDefault(section.Code) is { Length: > 0 } words)
            {
                parts.Add(new ComposedPart("markdown", words));
            }

            parts.AddRange(form.TablesOf(section).Select(table => Html(TableOf(table, content))));
        }

        return parts;
    }

    public string FeesOf(ReportContent content) => FeesOf(content.Year, content.Fees);

    public string FeesOf(int year, ReportFees fees) => fees.Cases == 0
        ? text["Fees.None", year]
        : text["Fees", year, fees.Cases, fees.Yuan.ToString("0.##", CultureInfo.InvariantCulture)];

    /// <summary>What a note says about an overridden number.</summary>
    public string NoteOf(ReportPlace place, ReportCell cell) => text[
        "Override.Note", place.Name, ReportChecks.Show(cell.Value, place.Column.Kind), text["Source." + cell.Source].Value,
        ReportChecks.Show(cell.Computed, place.Column.Kind), cell.Reason ?? ""];

    private string TableOf(ReportTable table, ReportContent content)
    {
        var html = new StringBuilder();
        List<string> notes = [];
        foreach (var block in table.Blocks)
        {
            html.Append("<table><caption>").Append(Encode(table.CaptionOf(block))).Append("</caption>");
            Head(html, block);
            html.Append("<tbody>");
            for (var index = 0; index < block.Rows.Count; index++)
            {
                Row(html, table, block, index, content, notes);
            }

            html.Append("</tbody></table>");
        }

        if (table.Note is { } note)
        {
            html.Append("<p>").Append(Encode(note)).Append("</p>");
        }

        for (var index = 0; index < notes.Count; index++)
        {
            html.Append("<p>").Append(Encode(text["Override.Line", index + 1, notes[index]])).Append("</p>");
        }

        return html.ToString();
    }

    private void Row(
        StringBuilder html, ReportTable table, ReportBlock block, int index, ReportContent content, List<string> notes)
    {
        var row = block.Rows[index];
        html.Append("<tr>");
        if (ReportLayout.GroupAt(block, index) is { } group)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"rowgroup\" rowspan=\"{group.Rows}\">{Encode(group.Name)}</th>");
        }

        html.Append(block.HasGroups && row.Group is null ? "<th scope=\"row\" colspan=\"2\">" : "<th scope=\"row\">")
            .Append(Encode(row.Name)).Append("</th>");
        foreach (var column in block.Columns)
        {
            var place = new ReportPlace(table, block, row, column);
            var cell = content.Cells.GetValueOrDefault(place.Key);
            html.Append("<td>").Append(ReportChecks.Show(cell?.Value, column.Kind));
            if (cell is { IsOverridden: true })
            {
                notes.Add(NoteOf(place, cell));
                html.Append("<sup>").Append(Encode(text["Override.Mark", notes.Count])).Append("</sup>");
            }

            html.Append("</td>");
        }

        html.Append("</tr>");
    }

    private static void Head(StringBuilder html, ReportBlock block)
    {
        var grouped = block.Columns.Any(column => column.Group is not null);
        var deep = grouped ? " rowspan=\"2\"" : "";
        html.Append(CultureInfo.InvariantCulture, $"<thead><tr><th scope=\"col\"{(block.HasGroups ? " colspan=\"2\"" : "")}{deep}>{Encode(block.Head)}</th>");
        foreach (var (column, index) in block.Columns.Select((column, index) => (column, index)))
        {
            if (column.Group is null)
            {
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{deep}>{Encode(column.Name)}</th>");
            }
            else if (ReportLayout.HeadAt(block, index) is { } head)
            {
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"colgroup\" colspan=\"{head.Columns}\">{Encode(head.Name)}</th>");
            }
        }

        html.Append("</tr>");
        if (grouped)
        {
            html.Append("<tr>");
            foreach (var column in block.Columns.Where(column => column.Group is not null))
            {
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Encode(column.Name)}</th>");
            }

            html.Append("</tr>");
        }

        html.Append("</thead>");
    }

    private static ComposedPart Html(string html) => new("html", html);

    private static string Encode(string words) => WebUtility.HtmlEncode(words);
}

/// <summary>How headings span rows and columns.</summary>
public static class ReportLayout
{
    /// <summary>The heading before a row that begins a group, and how many rows it stands before.</summary>
    public static (string Name, int Rows)? GroupAt(ReportBlock block, int index)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Rows[index].Group is { } group && (index == 0 || block.Rows[index - 1].Group != group)
            ? (group, block.Rows.Skip(index).TakeWhile(row => row.Group == group).Count())
            : null;
    }

    /// <summary>The heading above a column that begins a group, and over how many columns it stands.</summary>
    public static (string Name, int Columns)? HeadAt(ReportBlock block, int index)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Columns[index].Group is { } group && (index == 0 || block.Columns[index - 1].Group != group)
            ? (group, block.Columns.Skip(index).TakeWhile(column => column.Group == group).Count())
            : null;
    }
}
