using Portal.Shared.Ui;

namespace Portal.Interaction.Consultations;

/// <summary>How a consultation stands with the public; worked out, never stored.</summary>
public enum ConsultationPhase
{
    /// <summary>Not public yet.</summary>
    Unpublished,

    /// <summary>即将开始</summary>
    Coming,

    /// <summary>征集中</summary>
    Open,

    /// <summary>已结束，待公布结果</summary>
    Ended,

    /// <summary>结果逾期未公布</summary>
    Late,

    /// <summary>已公布结果</summary>
    Reported,

    /// <summary>已取消</summary>
    Cancelled,
}

internal static class ConsultationPhases
{
    public static ConsultationPhase PhaseOn(this Consultation row, DateOnly today) => row.State switch
    {
        ConsultationState.Reported => ConsultationPhase.Reported,
        ConsultationState.Cancelled => row.Released is null ? ConsultationPhase.Unpublished : ConsultationPhase.Cancelled,
        _ when row.Released is null => ConsultationPhase.Unpublished,
        _ when today < row.OpensOn => ConsultationPhase.Coming,
        ConsultationState.Open when today <= row.ClosesOn => ConsultationPhase.Open,
        _ => today > row.ReportDueOn ? ConsultationPhase.Late : ConsultationPhase.Ended,
    };

    public static DateOnly Today(this TimeProvider clock) => BeijingTime.Date(clock.GetUtcNow());
}
