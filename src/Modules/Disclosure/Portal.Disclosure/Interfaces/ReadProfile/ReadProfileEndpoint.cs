using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Interfaces.ReadInterfaces;
using Portal.Shared.Messaging;
using Portal.Shared.Web;

namespace Portal.Disclosure.Interfaces.ReadProfile;

/// <summary>The elements of a record, when each must be there, and all code lists: as a page and as data.</summary>
internal sealed class ReadProfileEndpoint : ICarterModule
{
    public const string Path = ReadInterfacesEndpoint.Path + "/profile";
    public const string Address = "api/directory/v1/profile";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage(
                "/" + Path, (IStringLocalizer<DirectoryText> names) =>
                    new RazorComponentResult<ReadProfilePage>(new { Profile = ProfileAnswer.Of(MetadataProfile.Current, names) }))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage(
                "/" + Address, (IStringLocalizer<DirectoryText> names) =>
                    Results.Json(ProfileAnswer.Of(MetadataProfile.Current, names), MessageJson.Options))
            .AddEndpointFilter<OpenSiteFilter>();
    }
}
