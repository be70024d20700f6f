/// What errors of the Cloud API mean that trying again does not mend, and what does.
enum WhatsAppAdvice {
    /// - Returns: nil for a code without advice.
    static func of(_ code: Int) -> String? {
        switch code {
        case 190:
            """
            the access token has expired or was withdrawn; make a permanent one for a system user in the Business settings, \
            set access_token to it and reload
            """
        case 3, 10, 200...299, 131_005:
            """
            the access token may not send messages from this number; give its system user the permission \
            whatsapp_business_messaging and access to the WhatsApp account
            """
        case 33:
            "there is no such phone_number_id, or the access token may not see it; compare it with the app's dashboard"
        case 368, 131_031:
            "Meta has locked the account for a violation of its policies; the WhatsApp Manager says which, and how to appeal"
        case 131_021:
            "the recipient is the number itself"
        case 131_026:
            """
            the recipient cannot get it: the number is not on WhatsApp, has blocked this one, or has an app that is too old
            """
        case 131_030:
            """
            the test number may only write to numbers on its list; add the recipient in the app's dashboard under API setup, \
            or use a number of your own
            """
        case 131_042:
            "the account has no valid way to pay; the WhatsApp Manager says what is missing"
        case 131_047:
            """
            more than 24 hours have passed since the person last wrote, and then only template messages are allowed; send an \
            approved template (a formatter can return one as a table), or wait until the person writes again
            """
        case 131_049, 131_050:
            "Meta holds the message back because the person gets too many of its kind, or wants none; try again in a day at the earliest"
        case 133_010:
            "the number is not registered with the Cloud API; register it in the app's dashboard under API setup"
        default:
            nil
        }
    }
}
