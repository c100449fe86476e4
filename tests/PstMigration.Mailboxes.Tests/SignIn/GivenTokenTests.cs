using System.Text;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace PstMigration.Mailboxes.Tests;

public sealed class GivenTokenTests
{
    private readonly FakeTimeProvider _clock = Clock.Create();

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task An_empty_token_is_an_error(string token) => Assert.Equal("TokenEmpty", await IdAsync(token));

    [Fact]
    public async Task A_token_that_is_over_is_an_error_now_and_during_a_run()
    {
        using SignInSession session = await OpenAsync(Token(minutes: 10));
        _clock.Advance(TimeSpan.FromMinutes(11));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => session.GetTokenAsync(null, CancellationToken.None));

        Assert.Equal(("TokenExpired", true), (e.Id, e.EndsRun));
        Assert.Equal("TokenExpired", await IdAsync(Token(minutes: -1)));
    }

    [Theory]
    [InlineData("https://outlook.office365.com")]
    [InlineData("https://graph.microsoft.us")]
    [InlineData("https://graph.microsoft.com.evil.example")]
    public async Task A_token_for_another_service_is_an_error(string audience) => Assert.Equal("TokenOfAnotherService", await IdAsync(Token(audience: audience)));

    [Theory]
    [InlineData("00000003-0000-0000-c000-000000000000")]
    [InlineData("https://graph.microsoft.com")]
    [InlineData("https://graph.microsoft.com/")]
    public async Task A_token_tells_whose_it_is(string audience)
    {
        using SignInSession session = await OpenAsync(Token(audience: audience));

        Assert.Equal(("taro@contoso.example", "tenant", "app", MailboxKind.Organization), (session.Info.Account, session.Info.TenantId, session.Info.ClientId, session.Info.Kind));
        Assert.Equal(["Contacts.ReadWrite", "Mail.ReadWrite"], session.Info.Scopes);
        Assert.Equal(_clock.GetUtcNow().AddMinutes(60), session.Info.SilentUntil);
        Assert.True(session.IsPerson);
    }

    [Fact]
    public async Task An_application_has_to_name_the_mailbox()
    {
        SignInRequest request = Request(Json("\"roles\":[\"Mail.ReadWrite\"],\"appid\":\"app\""));
        using SignInSession session = await MailboxSignIn.OpenAsync(request, CancellationToken.None);

        Assert.False(session.IsPerson);
        Assert.Equal("MailboxRequired", Assert.Throws<MailboxException>(() => MailboxSignIn.Connect(session, request)).Id);
    }

    [Theory]
    [InlineData("EwBYA8l6BAAU7p9QDpi/D7xJLwsTgCg3TskyTaQAAXu71AU9f4uS...")]
    [InlineData("a.b.c")]
    [InlineData("a.W10.c")]
    [InlineData("..")]
    public async Task A_token_that_cannot_be_read_is_a_persons(string token)
    {
        using SignInSession session = await OpenAsync(token);

        Assert.True(session.IsPerson);
        Assert.Equal(token, await session.GetTokenAsync(null, CancellationToken.None));
        Assert.DoesNotContain(token, session.Info.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> IdAsync(string token) => (await Assert.ThrowsAsync<MailboxException>(() => OpenAsync(token))).Id;

    private Task<SignInSession> OpenAsync(string token) => MailboxSignIn.OpenAsync(Request(token), CancellationToken.None);

    private SignInRequest Request(string token) => new() { Method = SignInMethod.Token, Secret = FakeAuthority.Secret(token), Clock = _clock };

    private string Token(string audience = "https://graph.microsoft.com", int minutes = 60) => Json(
        $"\"aud\":\"{audience}\",\"tid\":\"tenant\",\"appid\":\"app\",\"upn\":\"taro@contoso.example\",\"scp\":\"Mail.ReadWrite openid Contacts.ReadWrite\","
        + $"\"exp\":{_clock.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds()}");

    private static string Json(string claims) =>
        "eyJhbGciOiJub25lIn0." + Convert.ToBase64String(Encoding.UTF8.GetBytes("{" + claims + "}")).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
}
