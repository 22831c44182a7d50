using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Publishing.Contracts;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Text;

namespace Portal.Interaction.HotTopics;

/// <summary>A response as it was reviewed.</summary>
internal sealed record ReviewedResponse(ResponsePart Part, TopicAnswerKind Kind, WrittenResponse Written);

/// <summary>Makes what goes to the three reviews (Opinion art. 12).</summary>
internal sealed class TopicPapers(ISites sites, HtmlEncoder encoder, IStringLocalizer<TopicText> text)
{
    private const int LongestSummary = 200;

    public static AnnouncementKind KindOf(TopicAnswerKind kind) =>
        kind == TopicAnswerKind.Rebuttal ? AnnouncementKind.Rebuttal : AnnouncementKind.HotTopicResponse;

    public static string Write(ReviewedResponse reviewed) => JsonSerializer.Serialize(reviewed, MessageJson.Options);

    public static ReviewedResponse Read(string content) => JsonSerializer.Deserialize<ReviewedResponse>(content, MessageJson.Options)!;

    public AnnouncementDraft Draft(HotTopic topic, TopicResponse response)
    {
        var written = response.Written!;
        var body = new StringBuilder();
        Heading(body, text["Paper.Question." + response.Kind]);
        Paragraphs(body, written.Question);
        Heading(body, text["Paper.Facts." + response.Kind]);
        Paragraphs(body, written.Facts);
        if (written.Evidence.Length > 0)
        {
            Heading(body, text["Paper.Evidence"]);
            Paragraphs(body, written.Evidence);
        }

        if (written.Policies.Count > 0)
        {
            Heading(body, text["Paper.Policies"]);
            body.Append("<ul>");
            foreach (var policy in written.Policies)
            {
                body.Append("<li>").Append(Link(policy)).Append("</li>");
            }

            body.Append("</ul>");
        }

        Paragraphs(body, text["Paper.Authority", written.Authority]);
        return new AnnouncementDraft
        {
            SiteId = topic.SiteId,
            Kind = KindOf(response.Kind),
            SubjectId = response.Id,
            Slug = topic.Number.ToLowerInvariant() + (response.Part == ResponsePart.Statement ? "" : "-briefing"),
            Title = written.Title,
            Summary = SummaryOf(written),
            Body = [new ComposedPart("html", body.ToString())],
            Content = Write(new ReviewedResponse(response.Part, response.Kind, written)),
        };
    }

    /// <summary>The first paragraph of the facts.</summary>
    public static string SummaryOf(WrittenResponse written) =>
        written.Facts.Split('\n')[0].Trim() is var first && first.Length <= LongestSummary ? first : first.CutTo(LongestSummary - 1) + "…";

    private string Link(PolicyLink policy) =>
        sites.ById(policy.SiteId) is { } site
            ? $"<a href=\"{encoder.Encode(sites.AddressOf(site, policy.Path).AbsoluteUri)}\">{encoder.Encode(policy.Title)}</a>"
            : encoder.Encode(policy.Title);

    private void Heading(StringBuilder body, string words) => body.Append("<h2>").Append(encoder.Encode(words)).Append("</h2>");

    private void Paragraphs(StringBuilder body, string words)
    {
        foreach (var line in words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            body.Append("<p>").Append(encoder.Encode(line)).Append("</p>");
        }
    }
}
