using System.Text.RegularExpressions;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Host.Identity.CreateStaff;

public sealed record CreateStaff : IRequest<Outcome<NewPassword>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;

    public string? UserName { get; init; }

    public string? Name { get; init; }

    public string? Title { get; init; }

    public Guid? OrganisationId { get; init; }
}

/// <summary>A password that is shown once.</summary>
public sealed record NewPassword(Guid StaffId, string UserName, string Password);

internal sealed partial class CreateStaffValidator : AbstractValidator<CreateStaff>
{
    public CreateStaffValidator(IStringLocalizer<StaffText> text)
    {
        RuleFor(form => form.UserName).Must(name => name is not null && UserNameForm().IsMatch(name))
            .WithMessage(_ => text["UserName.Form"]);
        RuleFor(form => form.Name).NotEmpty().WithMessage(_ => text["Name.Missing"])
            .MaximumLength(60).WithMessage(_ => text["Name.Long"]);
        RuleFor(form => form.Title).MaximumLength(100).WithMessage(_ => text["JobTitle.Long"]);
        RuleFor(form => form.OrganisationId).NotNull().WithMessage(_ => text["Unit.Missing"]);
    }

    [GeneratedRegex("^[a-z0-9._-]{3,60}$", RegexOptions.NonBacktracking)]
    private static partial Regex UserNameForm();
}

internal sealed class CreateStaffHandler(
    HostDbContext db,
    UserManager<Staff> users,
    StaffScope scope,
    IStringLocalizer<StaffText> text,
    TimeProvider clock) : IRequestHandler<CreateStaff, Outcome<NewPassword>>
{
    public async Task<Outcome<NewPassword>> Handle(CreateStaff request, CancellationToken cancellationToken)
    {
        if (!(await scope.UnitsAsync(cancellationToken)).Contains(request.OrganisationId!.Value))
        {
            return Failure.OutOfScope;
        }

        var now = clock.GetUtcNow();
        var staff = new Staff
        {
            Id = Guid.CreateVersion7(now),
            UserName = request.UserName,
            Name = request.Name!.Trim(),
            Title = string.IsNullOrWhiteSpace(request.Title) ? null : request.Title.Trim(),
            OrganisationId = request.OrganisationId.Value,
            CreatedAt = now,
            MustChangePassword = true,
        };
        var password = Passwords.Generate();
        if (!(await users.CreateAsync(staff, password)).Succeeded)
        {
            return Failure.Invalid(nameof(request.UserName), text["UserName.Taken"]);
        }

        db.Record(scope.Actor.Decides(
            "host.staff.created", "staff", staff.Id.ToString(), $"{staff.Name} ({staff.UserName})", now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(StaffConfiguration.UserNameIndex))
        {
            return Failure.Invalid(nameof(request.UserName), text["UserName.Taken"]);
        }

        return new NewPassword(staff.Id, staff.UserName!, password);
    }
}

internal sealed class CreateStaffEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/staff/new", async (
            HostDbContext db, StaffScope scope, CancellationToken cancellationToken) =>
            scope.Actor.Has(Permission.ManageStaff)
                ? CreateStaffPage.Render(new CreateStaff(), await UnitsAsync(db, scope, cancellationToken), [])
                : (IResult)new Refused<CreateStaff>(Failure.Forbidden));
        app.MapConsoleForm("/console/staff/new", async (
            [FromForm] CreateStaff form,
            HostDbContext db,
            StaffScope scope,
            ISender sender,
            CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form, cancellationToken);
            return outcome.Succeeded ? NewPasswordPage.Render(outcome.Value, "Created")
                : outcome.Failure.Kind == FailureKind.Invalid
                    ? CreateStaffPage.Render(form, await UnitsAsync(db, scope, cancellationToken), outcome.Failure.Errors)
                : outcome.Failure.Page();
        });
    }

    private static async Task<IReadOnlyList<Choice>> UnitsAsync(
        HostDbContext db, StaffScope scope, CancellationToken cancellationToken)
    {
        var units = await scope.UnitsAsync(cancellationToken);
        return await db.Organisations.AsNoTracking()
            .Where(row => units.Contains(row.Id))
            .OrderBy(row => row.RegionCode).ThenBy(row => row.Id)
            .Select(row => new Choice(row.Id.ToString(), row.Name, null))
            .ToListAsync(cancellationToken);
    }
}
