using PstMigration.Tests;
using Xunit;

namespace PstMigration.SignIn.Tests;

/// <summary>The way people take: a browser.</summary>
public sealed class BrowserTests(SignInFixture fixture)
{
    [Fact]
    public async Task A_person_signs_in_in_Chromium()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        await using WebBrowser browser = await WebBrowser.StartAsync("--proxy-server=" + fixture.Proxy.Address.Authority, "--ignore-certificate-errors");
        List<Task> pages = [];

        (int code, string output, string errors) = await fixture.RunAsync(
            fixture.NewHome(),
            $"$m = Connect-MsMailbox hanako@contoso.example -ClientId {SignInFixture.PublicClient} -TokenCache None -MailOnly @at; \"$($m.Account) $($m.Kind)\"",
            onBrowser: a => pages.Add(browser.OpenAsync(a.AbsoluteUri)));

        await Assert.Single(pages);
        Assert.Equal((0, "hanako@contoso.example Organization", ""), (code, output.Trim(), errors));
        await browser.WaitAsync("location.hostname === 'localhost' && document.body.innerText.length > 0");
    }
}
