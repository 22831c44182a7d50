using Portal.Publishing.Contracts;

namespace Portal.Disclosure.AnnualReports;

/// <summary>Where a report is on its way. Worked out from its document, never stored.</summary>
public enum ReportStage
{
    /// <summary>未开始</summary>
    None,

    /// <summary>填报中</summary>
    Draft,

    /// <summary>审核中</summary>
    UnderReview,

    /// <summary>退回修改</summary>
    Returned,

    /// <summary>已发布</summary>
    Published,

    /// <summary>已撤下</summary>
    Withdrawn,
}

internal static class ReportStages
{
    public static ReportStage Of(AnnualReport? report, EditedDocument? document) =>
        report is null ? ReportStage.None
        : document is null ? report.PublishedSequence > 0 ? ReportStage.Withdrawn : ReportStage.Draft
        : document.State switch
        {
            "Draft" or "Returned" => ReportStage.Returned,
            "Live" => ReportStage.Published,
            _ => ReportStage.UnderReview,
        };

    public static string? ToneOf(ReportStage stage) => stage switch
    {
        ReportStage.Published => "green",
        ReportStage.UnderReview => "blue",
        ReportStage.Returned or ReportStage.Withdrawn => "red",
        ReportStage.Draft => "amber",
        _ => null,
    };

    public static string? ToneOf(ReportTiming timing) => timing switch
    {
        ReportTiming.Late => "red",
        ReportTiming.Near or ReportTiming.DoneLate => "amber",
        ReportTiming.Done => "green",
        _ => null,
    };
}
