using Microsoft.Extensions.Localization;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

/// <summary>The way to error reports on channels of 互动交流 (G-30).</summary>
internal sealed class ErrorReportEntries(IStringLocalizer<ErrorReportText> text) : IChannelEntries
{
    public IReadOnlyList<NavigationEntry> Of(string channelType) =>
        channelType == "Interaction" ? [new("error-reports", text["Browse.Title"])] : [];
}
