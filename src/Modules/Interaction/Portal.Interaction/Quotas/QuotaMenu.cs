using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Quotas;

/// <summary>The quotas in the console's navigation.</summary>
internal sealed class QuotaMenu(IStringLocalizer<QuotaText> text) : IConsoleMenu
{
    public Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleMenuItem>>(QuotaReach.HasAny(actor)
            ? [new(ConsoleGroup.Interaction, 90, "/console/interaction-quotas", text["Quotas.Title"], Permission.UseConsole)]
            : []);
}

/// <summary>The early warning on the console's first page: of the site that one works on only.</summary>
internal sealed class QuotaCards(QuotaReader reader, IStringLocalizer<QuotaText> text, TimeProvider clock) : ITodayCards
{
    public int Order => 90;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (site is null || !actor.Can(Permission.ManageConsultations, site))
        {
            return [];
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var own = (await reader.OfAsync([site], today.Year, today, cancellationToken))[0];
        return
        [
            new(
                text["Quotas.Title"],
                [
                    .. own.Standings.Where(standing => standing.Stage is QuotaStage.Behind or QuotaStage.FarBehind).Select(standing => new TodayLine(
                        text["Warning", text["Activity." + standing.Activity].Value, standing.Required, standing.Done],
                        "/console/interaction-quotas", text["Stage." + standing.Stage])),
                ],
                "/console/interaction-quotas", text["Quotas.None"]),
        ];
    }
}

/// <summary>The way to the overview on channels of 互动交流.</summary>
internal sealed class QuotaEntries(IStringLocalizer<QuotaText> text) : IChannelEntries
{
    public IReadOnlyList<NavigationEntry> Of(string channelType) =>
        channelType == "Interaction" ? [new("interaction-overview", text["Overview.Title"])] : [];
}

internal static class QuotaServices
{
    public static void AddQuotas(this IServiceCollection services)
    {
        services.AddScoped<QuotaReader>();
        services.AddScoped<IConsoleMenu, QuotaMenu>();
        services.AddScoped<ITodayCards, QuotaCards>();
        services.AddScoped<IChannelEntries, QuotaEntries>();
    }
}
