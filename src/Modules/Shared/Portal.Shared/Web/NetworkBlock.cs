using System.Net;
using System.Net.Sockets;

namespace Portal.Shared.Web;

/// <summary>What counts as one place where tries are limited.</summary>
public static class NetworkBlock
{
    // Half of an IPv6 address is one customer's to choose from.
    private const int NetworkBytes = 8;

    /// <summary>An IPv4 address, or the first half of an IPv6 one.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, NetworkBytes)) + "/64"
            : plain.ToString();
    }
}
