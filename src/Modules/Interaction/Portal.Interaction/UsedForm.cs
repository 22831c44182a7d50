using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;

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

    /// <summary>
    /// What to show when a form was not taken: the token that it is shown with, another one when its own is no longer good for
    /// a case, and what is wrong, which is at no field when the form itself is.
    /// </summary>
    public static (string Token, Failure Failure) Again(string token, Failure failure, PublicForms forms)
    {
        var used = failure.Errors is [{ Field: Field }];
        return (
            used || forms.ReadForm(token) is null ? forms.NewForm() : token,
            used ? Failure.Invalid("", failure.Errors[0].Message) : failure);
    }
}
