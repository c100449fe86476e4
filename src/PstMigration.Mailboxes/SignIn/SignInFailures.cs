using System.Globalization;
using System.Net.Http;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Says why a sign-in failed. The service's own exceptions go no further: they hold whole answers. What may pass by itself, such as a network that is down, comes out as
/// <see cref="HttpRequestException"/> and never as a lost sign-in.
/// </summary>
internal sealed class SignInFailures(SignInRequest request, string clientId, SignInHttp http)
{
    private const int LongestWords = 600;
    private static readonly Regex s_code = new(@"AADSTS(\d+)", RegexOptions.CultureInvariant);

    /// <summary>What the service appends for its own people, and the library out of what is kept.</summary>
    private static readonly Regex s_trace = new(@"\s*(Trace ID|Correlation ID|Timestamp|First characters of the cache string):.*", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>The service's numbers (Microsoft Entra authentication and authorization error codes). Other numbers are told by the kind of answer.</summary>
    private static readonly Dictionary<int, ErrorId> s_codes = Table(
        (SignInErrorIds.ConsentRequired, [65001, 90094, 90095, 90008, 900941]),
        (SignInErrorIds.ConsentDeclined, [65004]),
        (SignInErrorIds.MultifactorRequired, [50072, 50074, 50076, 50078, 50079, 50125, 50158, 53004]),
        (SignInErrorIds.ConditionalAccessBlocked, [50005, 50097, 50105, 50129, 50131, 50155, 500021, 500022, 500212, 500213, 53000, 53001, 53002, 53003, 53010, 53011, 530034, 530035, 50002]),
        (SignInErrorIds.SignInExpired, [70008, 700082, 700084, 70043, 50089]),
        (SignInErrorIds.SignInRevoked, [50132, 50133, 50173, 50139]),
        (SignInErrorIds.AccountBlocked, [50053, 50055, 50057, 50144, 54000, 50135]),
        (SignInErrorIds.AccountUnknown, [16000, 16003, 50014, 50020, 50034, 51004, 500208, 50197]),
        (SignInErrorIds.TenantUnknown, [90002, 50059, 50128, 90019, 90023]),
        (SignInErrorIds.WrongCloud, [90038, 900432, 90043, 90051, 900439, 1000104]),
        (SignInErrorIds.AppUnknown, [700011, 700016, 70001, 500011, 7000112]),
        (SignInErrorIds.AppMisconfigured, [50011, 50194, 65005, 650052, 650054, 650056, 650057, 700025, 7000218, 70003, 70004, 9002332, 9001023]),
        (SignInErrorIds.SecretExpired, [7000222]),
        (SignInErrorIds.SecretInvalid, [7000215, 70002]),
        (SignInErrorIds.CertificateNotRegistered, [50012, 700027, 700030]),
        (SignInErrorIds.ClockWrong, [700024, 500133]),
        (SignInErrorIds.DeviceCodeExpired, [70019]));

    /// <summary>Does a step of the sign-in.</summary>
    /// <exception cref="MailboxException">Why it did not work.</exception>
    /// <exception cref="HttpRequestException">It may work when it is tried again.</exception>
    public async Task<T> ExplainAsync<T>(Func<Task<T>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (MsalException e) when (MayPass(e))
        {
            throw new SignInBusyException(Words(e));
        }
        catch (MsalException e)
        {
            throw Explain(e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }

    private static bool MayPass(MsalException e) => e.ErrorCode is MsalError.RequestTimeout or MsalError.ServiceNotAvailable or MsalError.RequestThrottled
            or "temporarily_unavailable" or "server_error"
        || e is MsalServiceException { StatusCode: >= 500 or 429 or 408 };

    private MailboxException Explain(MsalException e)
    {
        ErrorId error = Of(e);
        string text = Strings.ResourceManager.GetString(error.Name, CultureInfo.CurrentUICulture)!;
        return new MailboxException(error, MailboxException.Format(
            text,
            Words(e),
            request.Endpoints.AdminConsent(request.TenantId ?? CloudEndpoints.AnyTenant, clientId),
            request.Account ?? "",
            request.TenantId ?? CloudEndpoints.AnyTenant,
            clientId,
            (int)http.ClockAhead.TotalMinutes));
    }

    private ErrorId Of(MsalException e)
    {
        ErrorId? byCode = null;
        foreach (Match code in s_code.Matches(e.Message))
        {
            if (int.TryParse(code.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && s_codes.TryGetValue(number, out byCode))
            {
                break;
            }
        }

        // A signature with a time in it is refused where the clock is wrong, whatever the service calls that.
        bool isSigned = request.Method == SignInMethod.Certificate && e is MsalServiceException;
        return isSigned && ServiceClock.IsWrong(http.ClockAhead) ? SignInErrorIds.ClockWrong : byCode ?? ByAnswer(e);
    }

    private ErrorId ByAnswer(MsalException e) => e.ErrorCode switch
    {
        MsalError.AuthenticationCanceledError => SignInErrorIds.SignInCanceled,
        "access_denied" or "consent_required" => SignInErrorIds.ConsentDeclined,
        "admin_consent_required" => SignInErrorIds.ConsentRequired,
        MsalError.CodeExpired or "expired_token" => SignInErrorIds.DeviceCodeExpired,
        "authorization_declined" => SignInErrorIds.SignInCanceled,
        MsalError.LinuxXdgOpen or MsalError.WebviewUnavailable => SignInErrorIds.BrowserUnavailable,
        MsalError.InvalidClient => request.Method == SignInMethod.Certificate ? SignInErrorIds.CertificateNotRegistered : SignInErrorIds.SecretInvalid,
        MsalError.UnauthorizedClient => SignInErrorIds.AppUnknown,
        MsalError.CertWithoutPrivateKey => SignInErrorIds.CertificateWithoutKey,
        "invalid_tenant" => SignInErrorIds.TenantUnknown,
        MsalError.InvalidGrantError or MsalError.NoTokensFoundError or MsalError.FailedToRefreshToken => SignInErrorIds.SignInExpired,
        MsalError.UserNullError or MsalError.NoAccountForLoginHint => SignInErrorIds.SignInRequired,
        _ when request.Method == SignInMethod.ManagedIdentity => SignInErrorIds.ManagedIdentityUnavailable,
        _ when e is MsalUiRequiredException { Classification: UiRequiredExceptionClassification.ConsentRequired } => SignInErrorIds.ConsentRequired,
        _ when e is MsalUiRequiredException { Classification: UiRequiredExceptionClassification.UserPasswordExpired } => SignInErrorIds.SignInRevoked,
        "interaction_required" or "login_required" => SignInErrorIds.MultifactorRequired,
        _ => SignInErrorIds.SignInFailed,
    };

    /// <summary>What was said, on one line, without secrets.</summary>
    private static string Words(MsalException e)
    {
        string said = Redaction.Clean(s_trace.Replace(e.Message, "")).Replace('\r', ' ').Replace('\n', ' ').Trim();
        return said.Length > LongestWords ? said.Substring(0, LongestWords) + "…" : said;
    }

    private static Dictionary<int, ErrorId> Table(params (ErrorId Error, int[] Codes)[] rows)
    {
        Dictionary<int, ErrorId> table = [];
        foreach ((ErrorId error, int[] codes) in rows)
        {
            foreach (int code in codes)
            {
                table.Add(code, error);
            }
        }

        return table;
    }
}
