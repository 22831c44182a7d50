using Portal.Shared.Outcomes;

namespace Portal.Interaction;

/// <summary>
/// A form that has made its case and comes once more with other words: somebody went back and changed them. What they
/// wrote is shown again with a form that is good for another case.
/// </summary>
internal static class UsedForm
{
    private const string Field = "Used";

    /// <summary>Says so.</summary>
    public static Failure Because(string message) => Failure.Invalid(Field, message);

    /// <summary>Is this what is wrong?</summary>
    public static bool IsIn(Failure failure) => failure.Errors is [{ Field: Field }];

    /// <summary>The same for the page, where it stands at no field.</summary>
    public static Failure Shown(Failure failure) => IsIn(failure) ? Failure.Invalid("", failure.Errors[0].Message) : failure;
}
