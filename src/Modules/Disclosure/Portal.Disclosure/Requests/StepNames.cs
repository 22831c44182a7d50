using Microsoft.Extensions.Localization;

namespace Portal.Disclosure.Requests;

/// <summary>What a step of a case is called.</summary>
internal static class StepNames
{
    /// <summary>Staff enter (登记) what an applicant told them; what the applicant sent through the site was entered by nobody.</summary>
    public static string Of(IStringLocalizer<RequestText> text, RequestTrigger trigger, string? person) =>
        person is null && text[$"Act.{trigger}.Own"] is { ResourceNotFound: false } own ? own : text["Act." + trigger];
}
