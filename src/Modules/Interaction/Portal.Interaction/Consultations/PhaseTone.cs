namespace Portal.Interaction.Consultations;

internal static class PhaseTone
{
    public static string? Of(ConsultationPhase phase) => phase switch
    {
        ConsultationPhase.Open => "green",
        ConsultationPhase.Coming => "blue",
        ConsultationPhase.Ended => "amber",
        ConsultationPhase.Late => "red",
        ConsultationPhase.Reported => "solid",
        _ => null,
    };

    public static string? Of(Disposition? disposition) => disposition switch
    {
        Disposition.Adopted => "green",
        Disposition.PartlyAdopted => "blue",
        _ => null,
    };

    public static string? Of(OpinionState state) => state switch
    {
        OpinionState.Waiting => "amber",
        OpinionState.Displayed => "green",
        OpinionState.Kept => "blue",
        _ => null,
    };

    public static string? Of(ConsultationState state) => state switch
    {
        ConsultationState.Open => "green",
        ConsultationState.UnderReview or ConsultationState.ReportUnderReview => "blue",
        ConsultationState.Handling => "amber",
        ConsultationState.Reported => "solid",
        _ => null,
    };
}
