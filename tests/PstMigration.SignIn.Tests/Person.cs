using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace PstMigration.SignIn.Tests;

/// <summary>Somebody with a browser: opens an address, submits the forms, follows where they lead, to the program that waits for it.</summary>
internal sealed partial class Person(Uri proxy) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler
    {
        Proxy = new WebProxy(proxy, BypassOnLocal: true),
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    });

    /// <summary>Signs in.</summary>
    public async Task OpenAsync(Uri address)
    {
        using HttpRequestMessage first = new(HttpMethod.Get, address);
        HttpResponseMessage response = await _client.SendAsync(first);
        for (int step = 0; step < 30; step++)
        {
            Uri here = response.RequestMessage!.RequestUri!;
            if (response.Headers.Location is Uri next)
            {
                response.Dispose();
                response = await _client.GetAsync(new Uri(here, next));
                continue;
            }

            string page = await response.Content.ReadAsStringAsync();
            response.Dispose();
            Match form = Form().Match(page);
            if (!form.Success)
            {
                return;
            }

            Match action = Action().Match(form.Value);
            IEnumerable<KeyValuePair<string, string>> fields = Input().Matches(form.Value).Select(m => Attributes(m.Value))
                .Where(a => a.ContainsKey("name")).Select(a => KeyValuePair.Create(a["name"], a.GetValueOrDefault("value", "")))
                .GroupBy(f => f.Key).Select(g => g.Last());
            using FormUrlEncodedContent content = new(fields);
            response = await _client.PostAsync(action.Success ? new Uri(here, WebUtility.HtmlDecode(action.Groups[1].Value)) : here, content);
        }

        throw new InvalidOperationException("The sign-in comes to no end.");
    }

    public void Dispose() => _client.Dispose();

    private static Dictionary<string, string> Attributes(string tag) =>
        Attribute().Matches(tag).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();
}
