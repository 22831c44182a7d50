using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Modules;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Administration.ChangeSetting;

/// <summary>Sets a value on the site I work on, for it and everything below it, or inherits again.</summary>
public sealed record ChangeSetting : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSettings;

    public string? Name { get; init; }

    public bool Inherit { get; init; }

    public string? Value { get; init; }

    public string? Reason { get; init; }
}

internal sealed class ChangeSettingValidator : AbstractValidator<ChangeSetting>
{
    public ChangeSettingValidator(IStringLocalizer<SettingText> text) =>
        RuleFor(form => form.Reason).NotEmpty().WithMessage(_ => text["Reason.Missing"])
            .MaximumLength(500).WithMessage(_ => text["Reason.Long"]);
}

internal sealed class ChangeSettingHandler(
    HostDbContext db,
    ModuleRegistry modules,
    EffectiveSettings settings,
    ICurrentActor current,
    ICurrentSite currentSite,
    IPageCache pages,
    IStringLocalizer<SettingText> text,
    IStringLocalizerFactory texts,
    TimeProvider clock) : IRequestHandler<ChangeSetting, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeSetting request, CancellationToken cancellationToken)
    {
        if (currentSite.Site is not { } site || !current.Actor!.Can(Permission.ManageSettings, site))
        {
            return Failure.Forbidden;
        }

        if (Find(modules, request.Name) is not { } property)
        {
            return Failure.NotFound;
        }

        var value = request.Inherit ? null : property.Parse(request.Value);
        if (!request.Inherit && Forbidden(property, site, value) is { } why)
        {
            return Failure.Invalid(nameof(request.Value), why);
        }

        var row = await db.SettingValues.SingleOrDefaultAsync(
            set => set.SiteId == site.Id && set.Name == property.Name, cancellationToken);
        var before = row?.Value;
        var after = value is null ? null : property.Write(value);
        Apply(site, property, row, after);
        Record(site, property, before, after, request.Reason!.Trim());
        await db.SaveChangesAsync(cancellationToken);
        await settings.RefreshAsync(cancellationToken);
        await pages.EvictAsync([CacheTags.Site(site.Id), CacheTags.Province], cancellationToken);
        return Done.Value;
    }

    public static SettingProperty? Find(ModuleRegistry modules, string? name) =>
        modules.All.SelectMany(module => module.Settings).SelectMany(SettingProperty.Of)
            .FirstOrDefault(property => property.Name == name);

    private string? Forbidden(SettingProperty property, SiteInfo site, object? value)
    {
        if (value is null)
        {
            return property.Type == typeof(string) ? text["Value.Long", property.Rule.Maximum]
                : property.Type == typeof(int) ? text["Value.Number", property.Rule.Minimum, property.Rule.Maximum]
                : text["Value.Wrong"];
        }

        if (value is string typed && property.Check?.FaultOf(typed) is { } fault)
        {
            return texts.Create(property.Settings)[fault.Key, fault.Arguments];
        }

        if (site.ParentId is not { } parent)
        {
            return null;
        }

        var upper = settings.Effective(property, parent).Value;
        return property.Rule.Tightening == Tightening.ProvinceOnly ? text["Value.Province"].Value
            : property.MayFollow(upper, value) ? null
            : text["Value.Loose", SettingProperty.Show(upper)].Value;
    }

    private void Apply(SiteInfo site, SettingProperty property, SettingValue? row, string? after)
    {
        if (after is null)
        {
            if (row is not null)
            {
                db.SettingValues.Remove(row);
            }
        }
        else if (row is null)
        {
            db.SettingValues.Add(new SettingValue { SiteId = site.Id, Name = property.Name, Value = after });
        }
        else
        {
            row.Value = after;
        }
    }

    private void Record(SiteInfo site, SettingProperty property, string? before, string? after, string reason)
    {
        var (actor, now) = (current.Actor!, clock.GetUtcNow());
        db.SettingChanges.Add(new SettingChange
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            Name = property.Name,
            OldValue = before,
            NewValue = after,
            Reason = reason,
            ActorId = actor.Id,
            ActorName = actor.Name,
            ChangedAt = now,
        });
        db.Record(actor.Decides(
            "host.setting.changed", "setting", property.Name, texts.Create(property.Settings)[property.Key], now, site.Id, reason,
            new SortedDictionary<string, string> { ["new"] = after ?? "", ["old"] = before ?? "" }));
    }
}

internal sealed class ChangeSettingEndpoint : ICarterModule
{
    private const string Route = "/console/settings/{name}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (string name, ISender sender, ModuleRegistry modules, CancellationToken cancellationToken) =>
            PageAsync(new ChangeSetting { Name = name }, [], sender, modules, cancellationToken));
        app.MapConsoleForm(Route, async (
            string name,
            [FromForm] ChangeSetting form,
            ISender sender,
            ModuleRegistry modules,
            CancellationToken cancellationToken) =>
        {
            form = form with { Name = name };
            return (await sender.Send(form, cancellationToken)).Failure switch
            {
                null => new SeeOther("/console/settings?done=changed"),
                { Kind: FailureKind.Invalid } failure =>
                    await PageAsync(form, failure.Errors, sender, modules, cancellationToken),
                var failure => failure.Page(),
            };
        });
    }

    private static async Task<IResult> PageAsync(
        ChangeSetting form,
        IReadOnlyList<FieldError> errors,
        ISender sender,
        ModuleRegistry modules,
        CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(new ReadSettings.ReadSettings(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Failure.Page();
        }

        var line = outcome.Value.Groups.SelectMany(group => group.Lines).FirstOrDefault(row => row.Name == form.Name);
        return line is null || ChangeSettingHandler.Find(modules, form.Name) is not { } property
            ? Failure.NotFound.Page()
            : ChangeSettingPage.Render(
                form, line, property.Type, property.Rule.Minimum, property.Rule.Maximum, errors);
    }
}
