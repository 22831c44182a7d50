using Carter;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity.ChangePassword;
using Portal.Host.Identity.EnrolTotp;
using Portal.Host.Web;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Identity.SignIn;

internal sealed class SignInEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(SignInLinks.Path, (HttpContext context, IConfiguration configuration, string? @return) =>
            // Whose grants were all revoked may come back as somebody else: every other page is closed to them.
            context.Features.Get<SignedIn>() is { Actor.Grants.Count: > 0 }
                ? new SeeOther(SignInLinks.SafeReturn(@return))
                : (IResult)SignInPage.Render(new SignIn { Return = @return }, Demo(configuration)));

        app.MapPublicForm(SignInLinks.Path, async (
            [FromForm] SignIn form,
            HttpContext context,
            ISender sender,
            SignInAnswers answers,
            IConfiguration configuration,
            CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form, cancellationToken);
            if (!outcome.Succeeded)
            {
                return SignInPage.Render(form, Demo(configuration), outcome.Failure.Errors);
            }

            return outcome.Value.Enrolment is { } enrolment
                ? answers.Enrol(new EnrolTotp.EnrolTotp { State = enrolment, Return = form.Return, Carried = form.Carried }, [])
                : await answers.SignedInAsync(context, outcome.Value, form.Return, form.Carried, cancellationToken);
        }).RequireRateLimiting(SignInLinks.Limit).AddEndpointFilter(ThrottleAsync);

        app.MapPublicForm(SignInLinks.Path + "/enrolment", async (
            [FromForm] EnrolTotp.EnrolTotp form,
            HttpContext context,
            ISender sender,
            SignInAnswers answers,
            CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form, cancellationToken);
            if (outcome.Succeeded)
            {
                return await answers.SignedInAsync(context, outcome.Value, form.Return, form.Carried, cancellationToken);
            }

            return outcome.Failure.Kind == FailureKind.NotFound
                ? new SeeOther(SignInLinks.Page(SignInLinks.SafeReturn(form.Return)))
                : answers.Enrol(form, outcome.Failure.Errors);
        }).RequireRateLimiting(SignInLinks.Limit).AddEndpointFilter(ThrottleAsync);
    }

    private static async ValueTask<object?> ThrottleAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var name = context.Arguments.OfType<SignIn>().FirstOrDefault()?.UserName;
        return await http.RequestServices.GetRequiredService<SignInThrottle>()
            .TakeAsync(http.Connection.RemoteIpAddress, name, http.RequestAborted)
                ? await next(context)
                : Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    private static bool Demo(IConfiguration configuration) => configuration.GetValue<bool>("Portal:Demo");
}

/// <summary>The answers after each step of signing in.</summary>
internal sealed class SignInAnswers(
    SessionCookie cookie,
    SessionKeeper sessions,
    CarriedForms carriedForms,
    Enrolments enrolments,
    HostDbContext db,
    IConfiguration configuration,
    IStringLocalizer<SignInPage> text)
{
    public async Task<IResult> SignedInAsync(
        HttpContext context, SignInStep step, string? returnTo, string? carried, CancellationToken cancellationToken)
    {
        if (step.MustChangePassword)
        {
            cookie.Write(context.Response, step.SessionKey!);
            return new SeeOther(ChangePasswordEndpoint.Path);
        }

        if (carriedForms.Open(carried) is { } form)
        {
            var signedIn = await sessions.FindAsync(step.SessionKey!, cancellationToken);
            var person = SessionAuthentication.PrincipalOf(signedIn!.Actor);
            if (!carriedForms.IsOf(form, person, context.Request))
            {
                // What one person typed is never handed to another. It waits on this page for who typed it.
                await sessions.EndAsync(signedIn.SessionId, signedIn.Actor.Id, cancellationToken);
                return SignInPage.Render(
                    new SignIn { Carried = carried },
                    configuration.GetValue<bool>("Portal:Demo"),
                    [new FieldError("", text["Carried.Other"])]);
            }

            cookie.Write(context.Response, step.SessionKey!);
            // The page's token must belong to the person who has just signed in.
            context.Features.Set(signedIn);
            context.User = person;
            return ResumePage.Render(form, ResumeCause.Expired);
        }

        cookie.Write(context.Response, step.SessionKey!);
        return new SeeOther(SignInLinks.SafeReturn(returnTo));
    }

    public IResult Enrol(EnrolTotp.EnrolTotp form, IReadOnlyList<FieldError> errors)
    {
        if (enrolments.Open(form.State) is not { } enrolment)
        {
            return new SeeOther(SignInLinks.Path);
        }

        var account = db.Staff.Where(staff => staff.Id == enrolment.StaffId).Select(staff => staff.UserName!).Single();
        return EnrolTotpPage.Render(form, account, enrolment.Secret, errors);
    }
}
