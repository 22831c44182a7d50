using System.Text.RegularExpressions;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// Telephones of offices in what an office wrote: without them a published reply would tell nobody where to ask. A mobile
/// phone may be a person's, and so may a number that the reply says is somebody's.
/// </summary>
internal static partial class OfficePhones
{
    // Longer than any words that name a number.
    private const int Before = 16;

    /// <summary>Is the number at this place one that everybody may know?</summary>
    /// <param name="reply">The words of an office.</param>
    /// <param name="span">Where the number stands.</param>
    /// <param name="known">Telephones that sites of the platform name in their footers, digits only.</param>
    public static bool IsAt(string reply, PersonalSpan span, IReadOnlySet<string> known)
    {
        var text = PersonalNumbers.Folded(reply);
        var digits = string.Concat(text.Substring(span.Start, span.Length).Where(char.IsAsciiDigit));
        return span.Kind == MaskKind.Phone
            && (known.Contains(digits)
                || (Landline().IsMatch(digits) && Named().IsMatch(text[Math.Max(0, span.Start - Before)..span.Start])));
    }

    [GeneratedRegex("^(?:0[1-9][0-9]{9,10}|[2-9][0-9]{6,7})$", RegexOptions.NonBacktracking)]
    private static partial Regex Landline();

    // 联系电话 alone may be anybody's: only where nobody stands before it.
    [GeneratedRegex(
        @"(?:(?:咨询|服务|监督|举报|投诉|值班|办公|受理)(?:电话|热线)|(?:^|[\p{P}\s])(?:联系|联络)?(?:电话|热线))[:是为]? ?[(]?$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Named();
}
